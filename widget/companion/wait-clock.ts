import type { ElementController } from "../element/updating-element.ts";
import { findAnswer } from "../conversation/state.ts";
import type { AnswerState } from "../conversation/state.ts";
import { plural } from "../strings/plural.ts";
import type { CompanionHost } from "./companion-host.ts";
import { extrasOf } from "./extras-strings.ts";

/** How long a visitor has to wait before the time is shown, in seconds. */
const clockFrom = 3;

/** How long a visitor has to wait before the chat says that the answer is taking longer, in seconds. */
const longFrom = 10;

/**
 * Shows how long the visitor has been waiting, next to "Thinking…". Screen readers can read the time there, and are
 * told once if the answer is taking longer.
 */
export class WaitClock implements ElementController {
  readonly #host: CompanionHost;
  readonly #clock = document.createElement("span");
  readonly #longer = document.createElement("div");
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Id of the answer that was last announced as taking longer. */
  #told = "";

  constructor(host: CompanionHost) {
    this.#host = host;
    this.#clock.className = "clock";
    this.#longer.className = "longer";
  }

  hostUpdated(): void {
    clearTimeout(this.#timer);
    const { state, strings } = this.#host.context();
    const { turn } = state;
    const line = this.#host.root.querySelector(".typing");
    const answer = turn.phase === "answering" ? findAnswer(state, turn.answer) : undefined;
    // while the connection is lost, the line says that instead
    if (answer && line?.textContent.includes(strings.thinking)) this.#show(answer, line);
    else this.#remove();
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
    this.#remove();
  }

  #show({ id, createdAt }: AnswerState, line: Element): void {
    const context = this.#host.context();
    const { strings } = context;
    const ms = Math.max(0, Date.now() - createdAt);
    const seconds = Math.floor(ms / 1000);
    // the leading spaces separate the texts for screen readers
    const clock = plural(strings.lang, extrasOf(context).seconds, seconds);
    this.#clock.textContent = seconds < clockFrom ? "" : ` ${clock}`;
    this.#longer.textContent = seconds < longFrom ? "" : ` ${strings.stillWaiting}`;
    if (this.#clock.parentElement !== line) line.append(this.#clock, this.#longer);
    if (seconds >= longFrom && this.#told !== id) {
      this.#told = id;
      this.#host.say(strings.stillWaiting);
    }
    this.#timer = setTimeout(() => this.hostUpdated(), 1000 - (ms % 1000));
  }

  #remove(): void {
    this.#clock.remove();
    this.#longer.remove();
  }
}
