import type { nothing, TemplateResult } from "lit/html.js";
import type { Feedback } from "../../protocol/index.ts";
import type { AnswerState, ChatState, Failure, Question } from "../conversation/state.ts";
import type { Strings } from "../strings/languages.ts";

/** The view's requests to the element. Requests go up; the resulting state comes down. */
export interface ChatRequests {
  draft(text: string): void;
  /** Sends the draft, if it can be sent. */
  submit(): void;
  send(text: string): void;
  stop(): void;
  /** @param id of the question or answer that failed */
  retry(id: string): void;
  /** Moves a question that was not delivered back into the composer. */
  withdraw(id: string): void;
  reloadProfile(): void;
  reloadHistory(): void;
  reloadPage(): void;
  restart(): void;
  toggleList(): void;
  /** Requests another answer. @param question id of the last question */
  regenerate(question: string): void;
  /** Shows one of an answer's versions. @param version starts at 0 */
  showVersion(question: string, version: number): void;
  /** Opens the form at a message; undefined closes it. */
  openDetail(detail: MessageDetail | undefined): void;
  /** Replaces a question, and removes everything after it. */
  replace(question: string, text: string): void;
  rate(answer: string, feedback: Feedback | undefined): void;
  /** Opens the form for writing to a person, if the assistant's profile has a `handover`. */
  handOver(): void;
  close(): void;
  /** Enlarges a popup, or restores its normal size. */
  enlarge(): void;
  jumpToLatest(): void;
  /** Copies a text. With an answer's id, rich text is copied as well. */
  copy(text: string, answer?: string): void;
}

/** The form that is open at a message: editing a question, or commenting on a rating. */
export interface MessageDetail {
  type: "edit" | "comment";
  message: string;
}

/** The data that every part of the view is rendered from. */
export interface ViewContext {
  state: ChatState;
  strings: Strings;
  /** BCP 47 tag of the page's language; empty if it is unknown. It can differ from that of the strings. */
  pageLang: string;
  requests: ChatRequests;
  /** The current time for countdowns, in milliseconds since the epoch. */
  now: number;
  /** The text that was just copied, or an empty string. */
  copied: string;
  /** The version of each answer that is shown, by the question's id. The newest one is shown by default. */
  versions: ReadonlyMap<string, number>;
  detail: MessageDetail | undefined;
  /** The forms, once they are loaded. */
  forms: MessageForms | undefined;
  /** The views that few messages need, once they are loaded. */
  extras: AnswerExtras | undefined;
  /** The views of sources, once they are loaded. */
  sources: SourceViews | undefined;
  /** The view that asks for the visitor's consent, if the assistant asks for it. */
  consent: ConsentViews | undefined;
}

/** The view that loads with the profile of an assistant that asks for consent. */
export interface ConsentViews {
  /** Replaces the composer until the visitor has agreed. Undefined if the assistant does not ask for consent. */
  consentView(context: ViewContext): TemplateResult | undefined;
}

/** The forms that load when a visitor edits a question or comments on a rating. */
export interface MessageForms {
  editForm(question: Question, context: ViewContext): TemplateResult;
  commentForm(answer: AnswerState, context: ViewContext): TemplateResult;
}

/** The views that load with the first answer that has sources. */
export interface SourceViews {
  /** Puts the chips of an answer's citations into its element. */
  chips(answer: AnswerState, context: ViewContext): unknown;
  sourcesView(answer: AnswerState, context: ViewContext): TemplateResult | typeof nothing;
  /** What is announced about an answer's sources. */
  sourcesWords(answer: AnswerState, strings: Strings): string;
}

/**
 * The views that load when a message first has thoughts, earlier versions or suggestions, or when something has failed.
 */
export interface AnswerExtras {
  suggestionsView(answer: AnswerState, context: ViewContext): TemplateResult | typeof nothing;
  /** What is announced about an answer's follow-up questions. */
  suggestionsWords(answer: AnswerState, strings: Strings): string;
  referenceButton(failure: Failure, context: ViewContext): TemplateResult | typeof nothing;
  /** Says when a failed request can be sent again. An empty string if that is now. */
  waitWords(failure: Failure, context: ViewContext): string;
  reasoningView(answer: AnswerState, context: ViewContext): TemplateResult | typeof nothing;
  versionButtons(answer: AnswerState, shown: AnswerState, context: ViewContext): TemplateResult | typeof nothing;
}
