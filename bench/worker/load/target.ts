/** The visitors of a measurement: new to the worker, or with an earlier answer. */
export type Who = "new" | "returning";

/** The server that the load asks. */
export interface Target {
  /** The base URL, to which `/v1/messages` is appended. */
  url: string;
  /** The format of the answer: Anthropic's, or this worker's. */
  wire: "anthropic" | "rivulet";
  /** Whether it has visitors, which need a session first. */
  hasVisitors: boolean;
  headers?: Readonly<Record<string, string>>;
}

/** What the load received of one stream. Times are from the clock that all processes share. */
export interface ReceivedStream {
  askedAt: number;
  endedAt: number;
  /** The number in the first piece. */
  number: number;
  /** When each piece arrived, in the order of the pieces; 0 for a piece that never arrived. */
  cameAt: Float64Array;
  /** Pieces that arrived more than once, or were never sent. */
  strays: number;
  /** The failure, if there was one. */
  error?: string;
}

/** Which visitors to prepare for the next questions. */
export interface Preparation {
  target: Target;
  who: Who;
  visitors: number;
}

/** Questions to ask. */
export interface Questions {
  target: Target;
  count: number;
  /** How many to ask at the same time. */
  atOnce: number;
  /** How many pieces each answer must have. */
  pieces: number;
}
