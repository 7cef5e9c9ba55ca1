import type { Answer, Feedback, PageContext } from "../../protocol/index.ts";
import type { KeptQuestion } from "../gaps/gap.ts";
import { textOf } from "../prompt/parts.ts";
import { publicAnswer, type AnswerRecord } from "../turn/answer.ts";
import type { HandoverMark } from "./handover-marks.ts";
import type { VisitorStore } from "./store.ts";

/**
 * Everything that is stored about a visitor, in the form in which they receive it. Times are milliseconds since the
 * epoch.
 */
export interface VisitorExport {
  exportedAt: number;
  conversations: ExportedConversation[];
  /** Their questions that the site keeps, because its documents or answers did not help. */
  unansweredQuestions: KeptQuestion[];
  /** The messages that they sent to a person in about the last 24 hours, without the text, which is not stored. */
  handovers: HandoverMark[];
}

/** One conversation of an export: every message with every version of its answer, oldest first. */
export interface ExportedConversation {
  id: string;
  assistant: string;
  title: string;
  createdAt: number;
  updatedAt: number;
  messages: ExportedMessage[];
}

interface ExportedMessage {
  id: string;
  content: string;
  createdAt: number;
  /** What the visitor was looking at. */
  pageContext?: PageContext;
  answers: ExportedAnswer[];
}

/** An answer, marked as machine-written for programs that read the file. Some laws require this mark. */
type ExportedAnswer = Answer & { feedback?: Feedback; aiGenerated: true };

/** Returns what a conversation's running turn has written so far; undefined if none is running. */
type RunningAnswer = (conversation: string) => string | undefined;

/** What an export contains besides the data in the store. */
interface ExportParts {
  running: RunningAnswer;
  unanswered: readonly KeptQuestion[];
  /** Milliseconds since the epoch. */
  exportedAt: number;
}

/**
 * Writes everything that is stored about a visitor as the JSON of a `VisitorExport`. All of it together can be too
 * large for memory, so it is read and written answer by answer.
 */
export function* writeExport(
  store: VisitorStore,
  { running, unanswered, exportedAt }: ExportParts,
): Generator<string, void> {
  yield `{"exportedAt":${exportedAt},"conversations":`;
  yield* list(store.allConversations(), function* ({ isDeleted: _isDeleted, ...conversation }) {
    const head: Omit<ExportedConversation, "messages"> = conversation;
    yield open(head, "messages");
    yield* list(store.messagesOf(head.id), function* ({ id, parts, createdAt, pageContext }) {
      const message: Omit<ExportedMessage, "answers"> = { id, content: textOf(parts), createdAt, pageContext };
      yield open(message, "answers");
      yield* list(store.answersTo(head.id, id), function* (answer) {
        yield JSON.stringify(toAnswer(answer, running));
      });
      yield "}";
    });
    yield "}";
  });
  yield `,"unansweredQuestions":${JSON.stringify(unanswered)},"handovers":${JSON.stringify(store.handovers.all())}}`;
}

/** Writes an object's JSON, left open after the name of one more field. The caller writes that field's value. */
function open(head: object, field: string): string {
  return `${JSON.stringify(head).slice(0, -1)},"${field}":`;
}

function* list<T>(items: Iterable<T>, write: (item: T) => Iterable<string>): Generator<string, void> {
  let before = "[";
  for (const item of items) {
    yield before;
    yield* write(item);
    before = ",";
  }
  yield before === "[" ? "[]" : "]";
}

function toAnswer(record: AnswerRecord, running: RunningAnswer): ExportedAnswer {
  const answer = { ...publicAnswer(record), aiGenerated: true as const };
  return record.status === "running" ? { ...answer, content: running(record.conversation) ?? "" } : answer;
}
