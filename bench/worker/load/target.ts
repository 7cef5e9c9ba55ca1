/** Whose questions a measurement asks: of visitors that the worker never saw, or that had an answer before. */
export type Who = "new" | "returning";

/** Whom the load asks, and how. */
export interface Target {
  /** `/v1/messages` follows. */
  url: string;
  /** How the answer is written: as Anthropic writes it, or as this worker does. */
  wire: "anthropic" | "rivulet";
  /** Whether it knows visitors: then each needs a session first. */
  hasVisitors: boolean;
  headers?: Readonly<Record<string, string>>;
}

/** What the load saw of one stream. Times are of the clock that all processes share. */
export interface ReceivedStream {
  askedAt: number;
  endedAt: number;
  /** When each piece came, in the order of the pieces; 0 for one that never did. The first one says the number. */
  number: number;
  cameAt: Float64Array;
  /** Pieces that came more than once, or were not sent. */
  strays: number;
  /** What went wrong, where something did. */
  error?: string;
}

/** Makes visitors for the questions that follow. */
export interface Preparation {
  target: Target;
  who: Who;
  visitors: number;
}

/** Questions to ask. */
export interface Questions {
  target: Target;
  count: number;
  /** How many at a time. */
  atOnce: number;
  /** Pieces that each answer must have. */
  pieces: number;
}
