import type { AnswerSpeech } from "./announce/answer-speech.ts";
import { clearSaid } from "./announce/clear-said.ts";
import type { ChatAction } from "./conversation/reduce.ts";
import { announce } from "./view/announce.ts";
import { Announcer } from "./view/announcer.ts";
import { charsLeft } from "./view/composer.ts";
import type { ViewContext } from "./view/context.ts";

/** What has happened, and how much was to be said then. */
type Happening = [ChatAction, ViewContext, string | null];

/** Says to those who cannot see it what happens in the chat. */
export class Speech {
  readonly #element: { readonly announce: string | null };
  readonly #announcer: Announcer;
  #answer: AnswerSpeech | undefined;
  /** What happens while the part that says answers is on its way. */
  #early: Happening[] | undefined;
  #wasTooLong = false;

  /**
   * @param root where the live regions are put
   * @param element says how much of an answer is said
   */
  constructor(root: ShadowRoot, element: { readonly announce: string | null }) {
    this.#element = element;
    this.#announcer = new Announcer(root, () => this.#answer?.next());
  }

  /** Something has happened. */
  changed(action: ChatAction, context: ViewContext): void {
    announce(this.#announcer, action, context);
    if (action.type === "restarted") clearSaid();
    if (action.type === "profile-loaded" && this.#element.announce !== "off") warmUp(context.strings.lang);
    if (action.type === "sent" || action.type === "retried" || action.type === "followed") void this.#load(context);
    const happened: Happening = [action, context, this.#element.announce];
    this.#answer?.changed(...happened);
    this.#early?.push(happened);
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

  /** Loads what says answers, with the first one. */
  async #load({ strings }: ViewContext): Promise<void> {
    if (this.#answer ?? this.#early) return;
    const early: Happening[] = [];
    this.#early = early;
    try {
      const part = await import("./announce/answer-speech.ts");
      const answer = new part.AnswerSpeech(() => this.#announcer.wake());
      for (const happened of early) answer.changed(...happened);
      this.#answer = answer;
    } catch {
      this.#announcer.interrupt(strings.failures.outdated); // the next question tries again
    }
    this.#early = undefined;
  }
}

/**
 * Browsers read their rules for sentences with the first one, which takes a slow phone 60 ms: while nobody waits, then, and
 * not in the middle of an answer.
 */
function warmUp(lang: string): void {
  if (typeof Intl.Segmenter !== "function" || typeof requestIdleCallback !== "function") return;
  requestIdleCallback(() => void new Intl.Segmenter(lang, { granularity: "sentence" }));
}
