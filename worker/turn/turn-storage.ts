import type { Assistant } from "../assistants/assistant.ts";
import type { MessagePart } from "../prompt/parts.ts";
import type { AnswerDetails, AnswerEnd } from "./answer.ts";
import type { FrameBatch } from "./frames.ts";

/** What a turn is about. */
export interface TurnSubject {
  conversation: string;
  message: TurnMessage;
  /** Id of the answer. */
  answer: string;
  assistant: Assistant;
}

/** The user message of a turn: a new one, which may replace an earlier one, or one that is answered again. */
export interface TurnMessage {
  id: string;
  parts: readonly MessagePart[];
  isNew: boolean;
  /** Position of the message that this one replaces, together with everything after it. */
  replacesPosition?: number;
}

/** What is stored of a turn's beginning. */
export interface TurnBeginning {
  subject: TurnSubject;
  details: AnswerDetails;
}

/** What one write stores: all of it or nothing. */
export interface TurnWrite {
  /** Given once, with the turn's first write. */
  beginning?: TurnBeginning;
  /** They follow the frames that are stored already. */
  batches: readonly FrameBatch[];
  /** Given once, with the turn's last write. */
  end?: AnswerEnd & { lastSeq: number };
}

/** How many event numbers are reserved at a time. The first ones are reserved by what is written when a turn begins. */
export const reserveStep = 512;

/** Where one turn is stored. Every call is one write. */
export interface TurnStorage {
  /** Notes that the turn may begin, so that it is found after a crash; readers do not meet it. */
  announce(beginning: TurnBeginning): void;
  /** Takes the announcement back: the turn was refused. */
  withdraw(): void;
  /** Promises that no number up to and including `seq` is given out again. */
  reserve(seq: number): void;
  write(write: TurnWrite): void;
  /** The turn's end could not be written: ends it as a turn that a crash broke. */
  recover(): void;
}
