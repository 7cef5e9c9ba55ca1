import type { TemplateResult } from "lit";
import type { Feedback } from "../../protocol/index.ts";
import type { AnswerState, ChatState, Question } from "../conversation/state.ts";
import type { ChatStrings } from "../strings/strings.ts";

/** What the view asks of the element. Requests go up this way; what they change comes down as state. */
export interface ChatRequests {
  draft(text: string): void;
  /** Sends what stands in the composer, if it can be sent. */
  submit(): void;
  send(text: string): void;
  stop(): void;
  /** @param id of the question or answer that failed */
  retry(id: string): void;
  /** Takes a question that was not delivered back into the composer. */
  withdraw(id: string): void;
  reloadProfile(): void;
  reloadHistory(): void;
  reloadPage(): void;
  restart(): void;
  toggleList(): void;
  /** Asks for another answer. @param question id of the last one */
  regenerate(question: string): void;
  /** Shows one of an answer's versions. @param version counts from 0 */
  showVersion(question: string, version: number): void;
  /** Opens what belongs to a message; undefined closes it. */
  openDetail(detail: MessageDetail | undefined): void;
  /** Puts a text in the place of a question, and drops what followed. */
  replace(question: string, text: string): void;
  rate(answer: string, feedback: Feedback | undefined): void;
  close(): void;
  jumpToLatest(): void;
  /** Copies a text; with an answer's id, as it is shown too, for editors of rich text. */
  copy(text: string, answer?: string): void;
}

/** What is open at a message, besides itself: the form to change a question, or to say more about an answer. */
export interface MessageDetail {
  type: "edit" | "comment";
  message: string;
}

/** What every part of the view is drawn from. */
export interface ViewContext {
  state: ChatState;
  strings: ChatStrings;
  requests: ChatRequests;
  /** The time for countdowns, in milliseconds since the epoch. */
  now: number;
  /** What has just been copied, or nothing. */
  copied: string;
  /** Which version of its answer is shown, by the question's id; without one it is the newest. */
  versions: ReadonlyMap<string, number>;
  detail: MessageDetail | undefined;
  /** The forms, once they are loaded. */
  forms: MessageForms | undefined;
}

/** What is loaded when somebody wants to change a question or to comment on an answer. */
export interface MessageForms {
  editForm(question: Question, context: ViewContext): TemplateResult;
  commentForm(answer: AnswerState, context: ViewContext): TemplateResult;
}
