/** What a context source is asked for. */
export interface ContextQuery {
  /** The text to search for: the question as typed, the question together with earlier ones, or a translation. */
  text: string;
  /** What the visitor typed. */
  question: string;
  /** The turns before the question, oldest first. Empty at the start of a conversation. */
  conversation: readonly { question: string; answer: string }[];
}

/** Upper bounds on the results of a source. Results beyond them are left out. */
export interface ContextLimits {
  maxResults: number;
  /** The limit for all results together, in estimated tokens. */
  maxTokens: number;
}

/** One passage that a model may base its answer on. */
export interface ContextResult {
  /** Identifies the passage within its source, e.g. `install.md#3`. */
  id: string;
  /** If it is empty, the passage is background: part of the prompt, but without a number and not shown as a source. */
  title: string;
  /** `page` marks the page that the visitor is looking at. Only the worker sets it; a source's own value is ignored. */
  kind?: "page";
  /** Plain text or Markdown. It is untrusted: the prompt delimits it. */
  content: string;
  /** Where visitors can read it: a full URL, or a path on the site. */
  url?: string;
  /** What the model is told about its origin if there is no URL: the name of a file or of a book. */
  place?: string;
  /** Relevance: higher is better. The scale is the source's own. */
  score?: number;
}

/**
 * Where context comes from. Each source decides for itself which results are good enough. It returns them in order of
 * relevance, or an empty list if none is good enough.
 */
export interface ContextSource {
  /** The source's name in the operator's log. */
  readonly name: string;
  /** The language of its documents, as in `de`. A question in another language can then be translated. */
  readonly language?: string;
  /**
   * @param signal aborted when the time limit is over or the turn was stopped
   * @throws any error: the turn then continues without this source. The error's message is logged for the operator only
   *   if it is a {@link ContextError}
   */
  search(query: ContextQuery, limits: ContextLimits, signal: AbortSignal): Promise<readonly ContextResult[]>;
}

/** What a source is opened with. */
export interface ContextScope {
  /** The assistant's id. */
  assistant: string;
  /** The worker's bindings and variables. */
  env: Readonly<Record<string, unknown>>;
  /** Reserves money. A source calls it before each request that costs something. Undefined outside of a turn. */
  reserve?: Reserve;
}

/**
 * Reserves what a request can cost at most, in billionths of a US dollar. It waits until the turn itself is allowed.
 * @returns a function that settles the reservation with the actual cost. Until then, the whole reservation counts as
 *   spent
 * @throws ChatError `rate_limited` or `budget_exhausted`
 */
export type Reserve = (nanoUsd: number) => Promise<(spentNanoUsd: number) => void>;

/** A source as an assistant's file names it. */
export interface ContextSourceDefinition {
  readonly name: string;
  /** Why an assistant with a budget cannot use the source, and what to do about it. Undefined if it can. */
  readonly budgetProblem?: string;
  /** @throws ContextError that says what is missing, e.g. a binding */
  open(scope: ContextScope): ContextSource;
}

/** An error that says what the operator has to do. Its message is logged, so it holds nothing that a visitor typed. */
export class ContextError extends Error {
  override readonly name = "ContextError";
}
