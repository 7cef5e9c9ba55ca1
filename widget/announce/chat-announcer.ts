import { AnswerSpeech } from "./announce/answer-speech.ts";
import type { ChatAction } from "./conversation/reduce.ts";
import { announce } from "./view/announce.ts";
import { Announcer } from "./view/announcer.ts";
import { charsLeft } from "./view/composer.ts";
import type { ViewContext } from "./view/context.ts";

/** Says to those who cannot see it what happens in the chat. */
export class Speech {
  readonly #element: { readonly announce: string | null };
  readonly #announcer: Announcer;
  readonly #answer: AnswerSpeech;
  #wasTooLong = false;

  /**
   * @param root where the live regions are put
   * @param element says how much of an answer is said
   */
  constructor(root: ShadowRoot, element: { readonly announce: string | null }) {
    this.#element = element;
    this.#announcer = new Announcer(root, () => this.#answer.next());
    this.#answer = new AnswerSpeech(() => this.#announcer.wake());
  }

  /** Something has happened. */
  changed(action: ChatAction, context: ViewContext): void {
    announce(this.#announcer, action, context);
    this.#answer.changed(action, context, this.#element.announce);
  }

  /** Something is drawn: a text that has just become too long is worth a word. */
  drawn({ state, strings }: ViewContext): void {
    this.#announcer.lang = strings.lang;
    const isTooLong = charsLeft(state) < 0;
    if (isTooLong && !this.#wasTooLong) this.#announcer.interrupt(strings.failures.prompt_too_long);
    this.#wasTooLong = isTooLong;
  }

  /** Says something when there is a pause. */
  say(words: string): void {
    this.#announcer.say(words);
  }
}
