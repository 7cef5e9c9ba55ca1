/** What a context source is asked for. */
export interface ContextQuery {
  /** The text to search for: the question, completed from the turns before it if it refers to them, or translated. */
  text: string;
  /** What the visitor typed. */
  question: string;
  /** The turns before the question, oldest first. Empty at the start of a conversation. */
  conversation: readonly { question: string; answer: string }[];
}

/** Upper bounds of what a source returns. What exceeds them is left out. */
export interface ContextLimits {
  maxResults: number;
  /** Of all results together, in estimated tokens. */
  maxTokens: number;
}

/** One passage that a model may base its answer on. */
export interface ContextResult {
  /** Identifies the passage within its source, e.g. `install.md#3`. */
  id: string;
  title: string;
  /** Plain text or Markdown. It is untrusted: the prompt delimits it. */
  content: string;
  /** Where visitors can read it: a full URL, or a path on the site. */
  url?: string;
  /** Relevance: higher is better. The scale is the source's own. */
  score?: number;
}

/**
 * Where context comes from. A source decides itself what is good enough: if nothing is, it returns an empty list.
 * Results are in order of relevance.
 */
export interface ContextSource {
  /** Named in the operator's log. */
  readonly name: string;
  /**
   * @param signal aborted when the time limit is over or the turn was stopped
   * @throws any error: the turn then continues without this source, and the operator's log names the error
   */
  search(query: ContextQuery, limits: ContextLimits, signal: AbortSignal): Promise<readonly ContextResult[]>;
}

/** What a source is opened with. */
export interface ContextScope {
  /** The assistant's id. */
  assistant: string;
  /** The worker's bindings and variables. */
  env: Readonly<Record<string, unknown>>;
}

/** A source as an assistant's file names it. */
export interface ContextSourceDefinition {
  readonly name: string;
  /** @throws TypeError that says what is missing, e.g. a binding */
  open(scope: ContextScope): ContextSource;
}
