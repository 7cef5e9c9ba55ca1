import type { ChatAction } from "./conversation/reduce.ts";
import { announce } from "./view/announce.ts";
import { Announcer } from "./view/announcer.ts";
import { charsLeft } from "./view/composer.ts";
import type { ViewContext } from "./view/context.ts";

/** Says to those who cannot see it what happens in the chat. */
export class Speech {
  readonly #announcer: Announcer;
  #wasTooLong = false;

  /** @param root where the live regions are put */
  constructor(root: ShadowRoot) {
    this.#announcer = new Announcer(root);
  }

  /** Something has happened. */
  changed(action: ChatAction, context: ViewContext): void {
    announce(this.#announcer, action, context);
  }

  /** Something is drawn: a text that has just become too long is worth a word. */
  drawn({ state, strings }: ViewContext): void {
    const isTooLong = charsLeft(state) < 0;
    if (isTooLong && !this.#wasTooLong) this.#announcer.interrupt(strings.failures.prompt_too_long);
    this.#wasTooLong = isTooLong;
  }

  /** Says something when there is a pause. */
  say(words: string): void {
    this.#announcer.say(words);
  }
}
