import type { AnswerEnding, FailureCode } from "../conversation/state.ts";
import type { AnswerStrings } from "../markdown/render-options.ts";

/**
 * A text in which `#` stands for a number. It has one form for each of the language's plural categories, with the names
 * of `Intl.PluralRules`, or is a single text if all forms are the same.
 */
export type Plural = string | ({ other: string } & Partial<Record<Intl.LDMLPluralRule, string>>);

/** The launcher's strings. */
export interface LauncherStrings {
  open: string;
  close: string;
  loading: string;
  loadFailed: string;
}

/** The launcher's strings, and the BCP 47 tag of their language. */
export type LauncherWords = LauncherStrings & { lang: string };

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
  /** Makes the popup larger, or as small as before. */
  enlarge: string;
  /** The short mark for text that an AI writes. */
  ai: string;
  inputLabel: string;
  inputPlaceholder: string;
  send: string;
  stop: string;
  stopping: string;
  jumpToLatest: string;
  /** Above the suggested questions. */
  tryAsking: string;
  starters: string;
  privacy: string;
  contact: string;
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
  charsLeft: Plural;
  charsOver: Plural;
  /** With the number of seconds. */
  retryIn: Plural;
  /** With the number of seconds. */
  sendsIn: Plural;
  /** `{time}` is hour and minute, or date and time, formatted for this language. */
  retryAt: string;
  copied: string;
  edit: string;
  copy: string;
  regenerate: string;
  goodAnswer: string;
  badAnswer: string;
  /** Labels inside an answer's text. */
  answer: AnswerStrings;
  /** Shown below an answer that did not end normally. */
  endings: Record<AnswerEnding, string>;
  failures: Record<FailureCode, string>;
}

/** What screen readers announce about an answer, in addition to its text. */
export interface AnnouncementStrings {
  /** Announced when an answer is complete and is not read out. */
  answered: string;
  /** Announced before a heading's text, with a colon or the language's equivalent. */
  heading: string;
  taskDone: string;
  taskOpen: string;
  /** `{label}` is the footnote's number. */
  footnote: string;
  /** Announced instead of a formula, also within a sentence. */
  formula: string;
  /**
   * Announced instead of code, with the number of its lines. If the code's language is known, it follows after the
   * separator.
   */
  code: Plural;
  /** Announced instead of a table: `{columns}` and `{rows}` are the next two texts. */
  table: string;
  columns: Plural;
  /** Including the header row, as screen readers count. */
  rows: Plural;
  /** Stands between the entries of a list, and includes the space. */
  separator: string;
}

/**
 * The strings that only few conversations need. They are about the model's thoughts, earlier versions of an answer,
 * follow-up questions, the reference ids of failures, and unread answers.
 */
export interface ExtrasStrings {
  /** Precedes the id of a request. */
  reference: string;
  /** `{id}` is the request's. */
  copyReference: string;
  /** The heading above the model's thoughts, which are collapsed. */
  reasoning: string;
  /** The same heading once it is known how many seconds the model thought. */
  thoughtFor: Plural;
  /** How long the model has been thinking, next to `thinking`. */
  seconds: Plural;
  /** The launcher's name while there are unread answers. `{open}` is its name otherwise. */
  unread: Plural;
  /** `{at}` starts at 1. */
  version: string;
  previousVersion: string;
  nextVersion: string;
  /** Announced at the end of an answer, with the number of follow-up questions. */
  followUps: Plural;
}

/** The strings of sources: chips, cards and previews. */
export interface SourceStrings {
  /** Heads the sources of an answer. */
  title: string;
  /** Opens the sources that an answer does not cite. */
  more: Plural;
  /** The name of a citation. `{index}` is the source's number. */
  source: string;
  /** Marks the cited words on the current page. */
  showHere: string;
  /** Opens another page. */
  openPage: string;
  /** Announced at the end of an answer. `{titles}` are the titles of the first sources. */
  announced: Plural;
}

/** The strings around sending the page along with a question. */
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
  /** With the number of words, or of characters in Japanese and Chinese. */
  words: Plural;
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
  /** `{title}` is the conversation's. */
  rename: string;
  newName: string;
  save: string;
  cancel: string;
  /** `{title}` is the conversation's. */
  deleteTitle: string;
  delete: string;
  /** `{title}` is the conversation's. */
  askDelete: string;
  showMore: string;
  empty: string;
  today: string;
  yesterday: string;
  thisWeek: string;
  earlier: string;
  yourData: string;
  yourDataText: string;
  download: string;
  /** The heading above `asMarkdown` and `asJson`, which name the file formats. */
  downloadConversation: string;
  asMarkdown: string;
  asJson: string;
  /** Announced. It does not say that the file is saved, because the browser may still ask where to save it. */
  downloadStarted: string;
  deleteAll: string;
  askDeleteAll: string;
  deleted: string;
  deletedAll: string;
}

/** The strings of a message's forms: editing a question, commenting on a rating. */
export interface FormStrings {
  editLabel: string;
  replaces: string;
  commentLabel: string;
  cancel: string;
  send: string;
}

/** The strings of the form that writes to people. */
export interface HandoverStrings {
  /** Heads the form. */
  title: string;
  /** Names the field for the visitor's e-mail address. */
  address: string;
  /** Names the box that sends the conversation along, with the number of its messages. */
  along: Plural;
  /** The same where the number is not known. */
  alongAll: string;
  send: string;
  sending: string;
  /** Shown once the message was accepted. */
  sent: string;
  /** `{contact}` is the visitor's address. */
  sentTo: string;
  /** Begins another message. */
  another: string;
  noMessage: string;
  noAddress: string;
  /** The message was not accepted. It stays in the form. */
  failed: string;
  /** A limit is reached. */
  tooMany: string;
  offline: string;
}

/** The strings around a challenge. */
export interface ChallengeStrings {
  title: string;
  needsVisitor: string;
  failed: string;
  again: string;
}

/** The strings of reading aloud and of dictation. */
export interface SpeechStrings {
  readAloud: string;
  readFailed: string;
  dictate: string;
  /** Why dictation has ended. */
  failures: {
    notAllowed: string;
    /** There was nothing to hear. */
    noSpeech: string;
    noMicrophone: string;
    /** The language is not installed on the device. */
    notInstalled: string;
    failed: string;
  };
}

/** The strings around a site's greeting beside the launcher. */
export interface GreetingStrings {
  /** Names the greeting. */
  label: string;
  /** Closes the greeting for good. */
  dismiss: string;
}

/** The strings around an assistant's request for consent. */
export interface ConsentStrings {
  /** The button below what the visitor agrees to. */
  agree: string;
}

/** One language: what a file in this folder exports. */
export interface Language {
  chat: ChatStrings;
  launcher: LauncherStrings;
  announcements: AnnouncementStrings;
  extras: ExtrasStrings;
  sources: SourceStrings;
  page: PageStrings;
  list: ListStrings;
  forms: FormStrings;
  handover: HandoverStrings;
  challenge: ChallengeStrings;
  speech: SpeechStrings;
  greeting: GreetingStrings;
  consent: ConsentStrings;
}

/** A site's own words: a language in which each part, and each word of a part, is optional. */
export type CustomStrings = { [Part in keyof Language]?: PartialStrings<Language[Part]> };

/** Groups of words may be incomplete. A text with plural forms is replaced as a whole. */
type PartialStrings<Group> = { [Key in keyof Group]?: Group[Key] extends Plural ? Group[Key] : Partial<Group[Key]> };
