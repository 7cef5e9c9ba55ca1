import type { AnswerEnd } from "./answer.ts";
import type { AnswerDraft } from "./answer-draft.ts";
import type { TurnStorage, TurnSubject } from "./turn-storage.ts";

/** Limits of a turn. Times in milliseconds. */
export interface TurnSettings {
  /** A turn that takes longer ends as `provider_timeout`. */
  turnTimeoutMs: number;
  /** A turn that nobody follows for this long ends. */
  graceMs: number;
  heartbeatMs: number;
  /** Whether operator warnings are also sent to the browser. */
  isDevelopment: boolean;
}

/** The parts of a turn. */
export interface TurnParts {
  subject: TurnSubject;
  draft: AnswerDraft;
  storage: TurnStorage;
  settings: TurnSettings;
  /** Called once, when the turn has ended. Not called if the turn was refused or if its end could not be stored. */
  onEnd: (end: AnswerEnd) => void;
}

/** Asks the provider and passes its events to the turn. It settles when there are no more events, or after an abort. */
export type AnswerQuestion = (signal: AbortSignal) => Promise<void>;
