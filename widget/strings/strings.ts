import type { AnswerEnding, FailureCode } from "../conversation/state.ts";
import type { AnswerStrings } from "../markdown/render-options.ts";

/** The launcher's strings. */
export interface LauncherStrings {
  open: string;
  close: string;
  loading: string;
  loadFailed: string;
}

/** The panel's strings. */
export interface ChatStrings {
  /** BCP 47 tag, for numbers and for the `lang` attribute of the interface. */
  lang: string;
  dir: "ltr" | "rtl";
  /** Shown instead of the assistant's title until it is known. */
  assistant: string;
  you: string;
  conversation: string;
  conversations: string;
  newConversation: string;
  close: string;
  inputLabel: string;
  inputPlaceholder: string;
  send: string;
  stop: string;
  stopping: string;
  jumpToLatest: string;
  starters: string;
  privacy: string;
  contact: string;
  unavailable: string;
  loading: string;
  tryAgain: string;
  continueAnswer: string;
  editUnsent: string;
  reload: string;
  offline: string;
  reconnecting: string;
  queued: string;
  stillWaiting: string;
  thinking: string;
  /** Reserved: the worker does not send the status `retrieving` yet. */
  retrieving: string;
  answering: string;
  charsLeft(count: number): string;
  charsOver(count: number): string;
  retryIn(seconds: number): string;
  sendsIn(seconds: number): string;
  /** @param time hour and minute, or date and time, formatted for this language */
  retryAt(time: string): string;
  copied: string;
  edit: string;
  copy: string;
  regenerate: string;
  goodAnswer: string;
  badAnswer: string;
  /** Labels inside an answer's text. */
  answer: AnswerStrings;
  /** Shown below an answer that did not end normally. */
  endings: Partial<Record<AnswerEnding, string>>;
  failures: Record<FailureCode, string>;
}

/** What screen readers announce about an answer, in addition to its text. */
export interface AnnouncementStrings {
  /** Announced when an answer is complete and is not read out. */
  answered: string;
  /** Announced before the text, with a colon or the language's equivalent. */
  heading: string;
  taskDone: string;
  taskOpen: string;
  footnote(label: string): string;
  /** Announced instead of a formula, also within a sentence. */
  formula: string;
  /** @param language of the code; empty if it is unknown */
  code(lines: number, language: string): string;
  /** @param rows including the header row, as screen readers count */
  table(columns: number, rows: number): string;
}

/** The strings of what few messages have: thoughts, earlier versions, and the reference of a failure. */
export interface ExtrasStrings {
  /** Precedes the id of a request. */
  reference: string;
  copyReference: string;
  /** Heads what the model thought, which is collapsed. */
  reasoning: string;
  /** @param at starts at 1 */
  version(at: number, of: number): string;
  previousVersion: string;
  nextVersion: string;
}

/** The strings of sources: chips, cards and previews. */
export interface SourceStrings {
  /** Heads the sources of an answer. */
  title: string;
  /** Opens the sources that an answer does not cite. */
  more(count: number): string;
  /** The name of a citation. @param index the source's number */
  source(index: number, title: string): string;
  /** Marks the cited words on the current page. */
  showHere: string;
  /** Opens another page. */
  openPage: string;
  /** Announced at the end of an answer. @param titles the first ones */
  announced(count: number, titles: readonly string[]): string;
}

/** The strings of what is sent of the page. */
export interface PageStrings {
  /** On the chip: the page is sent along, or not. */
  shared: string;
  notShared: string;
  /** Names what the chip opens. */
  label: string;
  /** Heads what is sent. */
  sent: string;
  /** Names the switch. */
  share: string;
  /** Names the text that is sent. */
  text: string;
  words(count: number): string;
  /** Follows the number of words, if the chat has read the page itself. */
  noForms: string;
  /** The page has no text. */
  empty: string;
}

/** The strings of the list of conversations. */
export interface ListStrings {
  conversations: string;
  back: string;
  untitled: string;
  rename: string;
  newName: string;
  save: string;
  cancel: string;
  delete: string;
  /** @param title the conversation's */
  askDelete(title: string): string;
  showMore: string;
  empty: string;
  today: string;
  yesterday: string;
  thisWeek: string;
  earlier: string;
  yourData: string;
  yourDataText: string;
  download: string;
  deleteAll: string;
  askDeleteAll: string;
  deleted: string;
  deletedAll: string;
}

/** The strings of the forms at a message: editing a question, commenting on a rating. */
export interface FormStrings {
  editLabel: string;
  replaces: string;
  commentLabel: string;
  cancel: string;
  send: string;
}

/** The strings around a challenge. */
export interface ChallengeStrings {
  title: string;
  needsVisitor: string;
  failed: string;
  again: string;
}

/** One language: what a file in this folder exports. A part that is left out is English. */
export interface Language {
  chat: ChatStrings;
  launcher: LauncherStrings;
  announcements?: AnnouncementStrings;
  extras?: ExtrasStrings;
  sources?: SourceStrings;
  page?: PageStrings;
  list?: ListStrings;
  forms?: FormStrings;
  challenge?: ChallengeStrings;
}
