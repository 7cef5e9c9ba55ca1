import type { PageContext } from "../../protocol/index.ts";
import type { Assistant } from "../assistants/assistant.ts";
import type { MessagePart } from "../prompt/parts.ts";
import type { AnswerDetails, AnswerEnd } from "./answer.ts";
import type { FrameBatch } from "./frames.ts";

/** The question, answer and assistant of a turn. */
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
  /** What the visitor was looking at. */
  pageContext?: PageContext;
  isNew: boolean;
  /** Position of the message that this one replaces, together with everything after it. */
  replacesPosition?: number;
}

/** What is stored when a turn begins. */
export interface TurnBeginning {
  subject: TurnSubject;
  details: AnswerDetails;
}

/** Data of one write, which is stored completely or not at all. */
export interface TurnWrite {
  /** Given once, with the turn's first write. */
  beginning?: TurnBeginning;
  /** The frames that follow those stored so far. */
  batches: readonly FrameBatch[];
  /** Given once, with the turn's last write. */
  end?: AnswerEnd & { lastSeq: number };
}

/** How many event numbers are reserved at a time. The announcement reserves the first ones. */
export const reserveStep = 512;

/** Where one turn is stored. Every call is one write. */
export interface TurnStorage {
  /** Notes that the turn may begin, so that it is found after a crash; it is not visible to readers. */
  announce(beginning: TurnBeginning): void;
  /** Removes the announcement: the turn was refused. */
  withdraw(): void;
  /** Reserves all numbers up to and including `seq`, so that none is reused. */
  reserve(seq: number): void;
  write(write: TurnWrite): void;
  /** Ends a turn whose end could not be written, like a turn interrupted by a crash. */
  recover(): void;
}
