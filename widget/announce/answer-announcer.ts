import type { ChatAction } from "../conversation/reduce.ts";
import { endingOf } from "../conversation/state.ts";
import type { AnswerState, ChatState } from "../conversation/state.ts";
import type { Strings } from "../strings/languages.ts";
import type { ViewContext } from "../view/context.ts";
import { languageOf } from "../view/text-language.ts";
import type { Announcement } from "./announcer.ts";
import type { AnnounceMode } from "./announce-mode.ts";
import { AnswerReader } from "./answer-reader.ts";
import { clearAnnouncedChars, readAnnouncedChars, saveAnnouncedChars } from "./announced-chars.ts";

/**
 * Approximate length of one announcement, in characters. The rest can still be dropped when the visitor sends another
 * question.
 */
const charsAtATime = 250;

/** The answer that is being announced. */
interface AnnouncedAnswer {
  /** Id of the question. */
  question: string;
  /** Id of the previous answer to the same question. */
  earlier?: string;
  /** The answer's own id, once it has started. */
  id?: string;
  /** The part of the answer's source that may be announced. */
  text: string;
  isOver: boolean;
  /** Length of the source when this page first received it. */
  shownChars: number;
  reader?: AnswerReader;
}

/** Announces the answer to the latest question, and how it ended. */
export class AnswerAnnouncer {
  readonly #schedule: () => void;
  #answer: AnnouncedAnswer | undefined;
  #ending: (() => string) | undefined;
  #strings: Strings | undefined;
  #pageLang = "";
  readonly #moreWords: (answer: AnswerState) => (string | undefined)[];

  /**
   * @param schedule called when there may be more to announce
   * @param moreWords returns what is announced about an answer's sources and follow-up questions; called as late as
   *   possible, because the code for it may still be loading
   */
  constructor(schedule: () => void, moreWords: (answer: AnswerState) => (string | undefined)[]) {
    this.#schedule = schedule;
    this.#moreWords = moreWords;
  }

  /**
   * Handles an action.
   * @param mode the value of the element's property `announce`
   */
  changed(
    action: ChatAction,
    { state, strings, pageLang }: Pick<ViewContext, "state" | "strings" | "pageLang">,
    mode: AnnounceMode,
  ): void {
    this.#strings = strings;
    this.#pageLang = pageLang;
    switch (action.type) {
      case "sent":
        return this.#begin(action.id, state);
      case "retried":
        return this.#begin(action.question, state);
      case "followed":
        this.#resume(action.answer, state, mode);
        return this.#follow(state, strings, mode);
      case "received":
      case "history-loaded":
        return this.#follow(state, strings, mode);
      case "broken":
        return this.#end(() => strings.failures[action.failure.code]);
      case "restarted":
        clearAnnouncedChars();
        return this.#drop();
      case "opened":
        return this.#drop();
      default: // no other action changes the answer
    }
  }

  /** The next text to announce; undefined if there is none, an empty text if the caller should call again. */
  next(): Announcement | undefined {
    const words = this.#answer && this.#read(this.#answer);
    if (words !== undefined) return { text: words, lang: languageOf(this.#answer?.text ?? "", this.#pageLang) };
    if (this.#answer?.isOver) this.#answer = undefined;
    const ending = this.#ending?.();
    this.#ending = undefined;
    return ending ? { text: ending, lang: this.#strings?.lang ?? "" } : undefined;
  }

  #read(answer: AnnouncedAnswer): string | undefined {
    const { id, text, isOver } = answer;
    if (id === undefined || text === "" || !this.#strings) return undefined;
    answer.reader ??= this.#createReader(id, answer.shownChars, this.#strings);
    const words = answer.reader.next(text, isOver, charsAtATime);
    if (words) saveAnnouncedChars(id, answer.reader.spokenChars);
    return words;
  }

  #createReader(id: string, shownChars: number, strings: Strings): AnswerReader {
    const spokenChars = readAnnouncedChars(id);
    const start = spokenChars === undefined ? { passedChars: shownChars } : { spokenChars };
    return new AnswerReader({ lang: strings.lang, strings: strings.announcements, ...start });
  }

  #begin(question: string, state: ChatState): void {
    this.#ending = undefined;
    this.#answer = { question, earlier: answerTo(question, state)?.id, text: "", isOver: false, shownChars: 0 };
  }

  /** Continues an answer that started on the previous page, in another tab, or before the connection broke. */
  #resume(id: string, state: ChatState, mode: AnnounceMode): void {
    this.#ending = undefined;
    const answer = state.messages.find((message) => message.id === id);
    if (answer?.role !== "assistant" || this.#answer?.id === id) return;
    const shownChars = mode === "sentences" ? answer.content.length : 0;
    this.#answer = { question: answer.replyTo, id, text: "", isOver: false, shownChars };
  }

  #follow(state: ChatState, strings: Strings, mode: AnnounceMode): void {
    const spoken = this.#answer;
    if (!spoken || spoken.isOver) return;
    const answer = answerTo(spoken.question, state);
    if (!answer || answer.id === spoken.earlier) return;
    const { id, content, status } = answer;
    spoken.id = id;
    spoken.isOver = status !== "running";
    if (mode === "sentences" || (mode === "answer" && status === "complete")) spoken.text = content;
    if (spoken.isOver) this.#finish(answer, strings, mode);
    this.#schedule();
  }

  /** A visitor who stops an answer wants to hear no more of it. */
  #finish(answer: AnswerState, strings: Strings, mode: AnnounceMode): void {
    if (answer.status === "aborted") this.#drop();
    const isSilent = mode === "off" && answer.status === "complete";
    const ready = isSilent ? strings.announcements.answered : "";
    this.#end(() => [ready, endingWords(answer, strings), ...this.#moreWords(answer)].filter(Boolean).join(" "));
  }

  #end(words: () => string): void {
    this.#ending = words;
    this.#schedule();
  }

  #drop(): void {
    this.#answer = undefined;
    this.#ending = undefined;
  }
}

function answerTo(question: string, { messages }: ChatState): AnswerState | undefined {
  return messages.find(
    (message): message is AnswerState => message.role === "assistant" && message.replyTo === question,
  );
}

function endingWords(answer: AnswerState, strings: Strings): string {
  if (answer.failure) return strings.failures[answer.failure.code];
  const ending = endingOf(answer);
  return (ending && strings.endings[ending]) ?? "";
}
