import type { ElementController, UpdatingElement } from "../element/updating-element.ts";
import { charsLeft } from "../conversation/draft.ts";
import type { ChatAction } from "../conversation/reduce.ts";
import type { ViewContext } from "../view/context.ts";
import { announceAction } from "./announce-action.ts";
import type { AnnounceMode } from "./announce-mode.ts";
import { Announcer } from "./announcer.ts";
import { AnswerAnnouncer } from "./answer-announcer.ts";

/** The element as the announcer sees it: `announce` says how much of an answer is announced. */
type AnnouncerHost = UpdatingElement & { readonly announce: AnnounceMode };

/** Announces to screen readers what happens in the chat. */
export class ChatAnnouncer implements ElementController {
  readonly #host: AnnouncerHost;
  readonly #context: () => ViewContext;
  readonly #announcer: Announcer;
  readonly #answer: AnswerAnnouncer;
  #wasTooLong = false;

  /** @param root the live regions are appended to it */
  constructor(host: AnnouncerHost, root: ShadowRoot, context: () => ViewContext) {
    this.#host = host;
    this.#context = context;
    this.#announcer = new Announcer(root, () => this.#answer.next());
    this.#answer = new AnswerAnnouncer(
      () => this.#announcer.schedule(),
      (answer) => {
        const { extras, sources, strings } = context();
        return [sources?.sourcesWords(answer, strings), extras?.suggestionsWords(answer, strings)];
      },
    );
    host.addController(this);
  }

  /** Announces what an action changed. */
  changed(action: ChatAction): void {
    const context = this.#context();
    announceAction(this.#announcer, action, context);
    this.#answer.changed(action, context, this.#host.announce);
  }

  /** Announces that the draft has just become too long. */
  hostUpdated(): void {
    const { state, strings } = this.#context();
    this.#announcer.lang = strings.lang;
    const isTooLong = charsLeft(state) < 0;
    if (isTooLong && !this.#wasTooLong) this.#announcer.interrupt(strings.failures.prompt_too_long);
    this.#wasTooLong = isTooLong;
  }

  /** Announces text at the next pause. */
  say(text: string): void {
    this.#announcer.say(text);
  }
}
