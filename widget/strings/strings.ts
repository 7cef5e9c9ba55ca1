import type { FinishReason } from "../../protocol/index.ts";
import type { FailureCode } from "../conversation/state.ts";
import { launcher as ownLauncher } from "../launcher/launcher.ts";
import { chat, spoken } from "./en.ts";

/** The launcher's words. They are apart, since they load with the script tag and the others with the panel. */
export interface LauncherStrings {
  open: string;
  close: string;
  loading: string;
  loadFailed: string;
}

/** The panel's words. */
export interface ChatStrings {
  /** BCP 47 tag, for numbers and for the `lang` of our own words. */
  lang: string;
  dir: "ltr" | "rtl";
  /** Stands for the assistant's title until it is known. */
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
  jumpToNewest: string;
  starters: string;
  privacy: string;
  contact: string;
  unavailable: string;
  loading: string;
  tryAgain: string;
  goOn: string;
  takeBack: string;
  reload: string;
  offline: string;
  reconnecting: string;
  queued: string;
  stillWaiting: string;
  thinking: string;
  retrieving: string;
  answering: string;
  sources(count: number): string;
  charsLeft(count: number): string;
  charsOver(count: number): string;
  retryIn(seconds: number): string;
  sendsIn(seconds: number): string;
  /** @param time an hour and a minute, or a date, in this language */
  retryAt(time: string): string;
  reference: string;
  copyReference: string;
  copied: string;
  edit: string;
  copy: string;
  regenerate: string;
  goodAnswer: string;
  badAnswer: string;
  /** @param at counts from 1 */
  version(at: number, of: number): string;
  previousVersion: string;
  nextVersion: string;
  /** Said of an answer that did not come to its end. */
  endings: Partial<Record<FinishReason, string>>;
  failures: Record<FailureCode, string>;
}

/** What is said of an answer to those who hear it, besides its own words. */
export interface SpokenStrings {
  /** Said when an answer is there that is not read out. */
  answered: string;
  /** Stand before the words, with a colon or what the language has in its place. */
  heading: string;
  taskDone: string;
  taskOpen: string;
  footnote(label: string): string;
  /** Stands for a formula, in mid-sentence too. */
  formula: string;
  /** @param language of the code; empty where it is not known */
  code(lines: number, language: string): string;
  /** @param rows its head included, as screen readers count */
  table(columns: number, rows: number): string;
}

/** One language: what a file in this folder exports. */
export interface Language {
  chat: ChatStrings;
  launcher: LauncherStrings;
  /** In English where it is left out. */
  spoken?: SpokenStrings;
}

const english = { chat, launcher: ownLauncher.strings, spoken } satisfies Language;
const languages = new Map<string, Language>([["en", english]]);

/** Makes a language known under its `chat.lang`, which may be a primary tag (`de`) or a regional one (`pt-BR`). */
export function addLanguage(language: Language): void {
  languages.set(language.chat.lang.toLowerCase(), language);
}

/**
 * The words for a language, English where there are none.
 * @param tag a BCP 47 tag such as `de-AT`; its primary part is tried next
 */
export function languageFor(tag: string): Required<Language> {
  const wanted = tag.toLowerCase();
  const primary = wanted.split("-")[0] ?? "";
  return { ...english, ...(languages.get(wanted) ?? languages.get(primary)) };
}
