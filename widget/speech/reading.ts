import { AnswerReader } from "../announce/answer-reader.ts";
import type { ReadingStart } from "../announce/answer-reader.ts";
import { utteranceParts } from "./utterance-parts.ts";

/** The part of an answer that has been written so far. */
export interface WrittenAnswer {
  content: string;
  isFinal: boolean;
}

/** What a reading asks the chat for, and what it reports to the chat. */
export interface ReadingListener {
  /** The answer as it is now; undefined if it is gone. */
  answer(): WrittenAnswer | undefined;
  /** The reading is over: everything was read, or the voice failed. */
  ended(hasFailed: boolean): void;
}

/**
 * Reads one answer aloud, a sentence at a time, even while the answer is still being written. After a pause, the
 * sentence that was interrupted is read from its beginning.
 */
export class Reading {
  readonly #voice: SpeechSynthesisVoice;
  readonly #reader: AnswerReader;
  readonly #listener: ReadingListener;
  /** The parts of the sentence that are left. The first of them is being spoken. */
  #parts: string[] = [];
  /** The sentence that is being spoken. */
  #sentence = "";
  /** Kept here because browsers may otherwise garbage-collect it while it is spoken, and never fire its events. */
  #utterance: SpeechSynthesisUtterance | undefined;
  #isPaused = false;

  constructor(voice: SpeechSynthesisVoice, start: ReadingStart, listener: ReadingListener) {
    this.#voice = voice;
    this.#reader = new AnswerReader(start);
    this.#listener = listener;
  }

  get isPaused(): boolean {
    return this.#isPaused;
  }

  /** Starts or continues speaking, if there is something to say. Also called when the answer has grown. */
  speak(): void {
    this.#isPaused = false;
    if (this.#utterance) return;
    if (this.#parts.length === 0 && !this.#nextSentence()) return;
    const [part = ""] = this.#parts;
    const utterance = new SpeechSynthesisUtterance(part);
    utterance.voice = this.#voice;
    utterance.lang = this.#voice.lang;
    utterance.addEventListener("end", () => this.#spoken(utterance));
    utterance.addEventListener("error", () => this.#failed(utterance));
    this.#utterance = utterance;
    speechSynthesis.speak(utterance);
  }

  /** Stops speaking, but keeps the sentence. The browser's own pause is not used: engines lose paused speech. */
  pause(): void {
    this.#isPaused = true;
    this.#parts = utteranceParts(this.#sentence);
    if (!this.#utterance) return;
    this.#utterance = undefined;
    speechSynthesis.cancel();
  }

  /** Takes the next sentence of the answer. @returns whether there is one */
  #nextSentence(): boolean {
    const answer = this.#listener.answer();
    if (!answer) return false;
    let words: string | undefined;
    do words = this.#reader.next(answer.content, answer.isFinal, 1);
    while (words === "");
    this.#sentence = words ?? "";
    this.#parts = utteranceParts(this.#sentence);
    if (words === undefined && answer.isFinal) this.#listener.ended(false);
    return words !== undefined;
  }

  #spoken(utterance: SpeechSynthesisUtterance): void {
    if (utterance !== this.#utterance) return; // it was paused
    this.#utterance = undefined;
    this.#parts.shift();
    this.speak();
  }

  #failed(utterance: SpeechSynthesisUtterance): void {
    if (utterance !== this.#utterance) return;
    this.#utterance = undefined;
    this.#listener.ended(true);
  }
}
