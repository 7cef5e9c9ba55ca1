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
  /** Without a title it is background: it is part of the prompt, but it has no number and is not shown as a source. */
  title: string;
  /** `page`: what the visitor is looking at. The worker sets it; a source's own is ignored. */
  kind?: "page";
  /** Plain text or Markdown. It is untrusted: the prompt delimits it. */
  content: string;
  /** Where visitors can read it: a full URL, or a path on the site. */
  url?: string;
  /** What the model is told where it comes from, if there is no URL: the name of a file or of a book. */
  place?: string;
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
  /** The language of its documents, as in `de`. A question in another language can then be translated. */
  readonly language?: string;
  /**
   * @param signal aborted when the time limit is over or the turn was stopped
   * @throws any error: the turn then continues without this source. The operator's log has the message of a
   *   {@link ContextError} only
   */
  search(query: ContextQuery, limits: ContextLimits, signal: AbortSignal): Promise<readonly ContextResult[]>;
}

/** What a source is opened with. */
export interface ContextScope {
  /** The assistant's id. */
  assistant: string;
  /** The worker's bindings and variables. */
  env: Readonly<Record<string, unknown>>;
  /** Has to be called before each request that costs something. Undefined outside of a turn. */
  reserve?: Reserve;
}

/**
 * Reserves what a request can cost at most, in billionths of a US dollar. It waits until the turn itself is allowed.
 * @returns settles the reservation with what the request did cost. Until then the whole reservation counts as spent
 * @throws ChatError `rate_limited` or `budget_exhausted`
 */
export type Reserve = (nanoUsd: number) => Promise<(spentNanoUsd: number) => void>;

/** A source as an assistant's file names it. */
export interface ContextSourceDefinition {
  readonly name: string;
  /** Why an assistant with a budget cannot use it: what to do, as an instruction. */
  readonly budgetProblem?: string;
  /** @throws ContextError that says what is missing, e.g. a binding */
  open(scope: ContextScope): ContextSource;
}

/** An error that says what the operator has to do. Its message is logged, so it holds nothing that a visitor typed. */
export class ContextError extends Error {
  override readonly name = "ContextError";
}
