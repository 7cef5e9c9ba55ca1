import type { ElementController } from "../element/updating-element.ts";
import type { CompanionHost } from "./companion-host.ts";

/** For the attribute `aria-keyshortcuts`: https://w3c.github.io/aria/#aria-keyshortcuts */
const shortcuts = "Alt+ArrowUp Alt+ArrowDown";

/** The id of the text that describes the focused message. */
const textId = "walked-text";

/**
 * Moves the focus from message to message with Alt and the arrow keys, from anywhere in the conversation and from an
 * empty text field. Without Alt, the arrows scroll. The focused message is described by its text, so that screen readers
 * read it after its name.
 */
export class MessageWalk implements ElementController {
  readonly #host: CompanionHost;
  #connected = new AbortController();
  #focused: HTMLElement | undefined;

  constructor(host: CompanionHost) {
    this.#host = host;
  }

  hostConnected(): void {
    this.#connected = new AbortController();
    const { root } = this.#host;
    const options = { signal: this.#connected.signal, capture: true }; // the panel stops events that bubble
    root.addEventListener("keydown", (event) => this.#onKeydown(event), options);
    root.addEventListener("focusout", ({ target }) => target === this.#focused && this.#leave(), options);
  }

  hostDisconnected(): void {
    this.#connected.abort();
  }

  /** Sets the attribute after each update, because a change of mode can replace the panel's nodes. */
  hostUpdated(): void {
    this.#host.root.querySelector("[part=messages]")?.setAttribute("aria-keyshortcuts", shortcuts);
  }

  #onKeydown(event: Event): void {
    if (!(event instanceof KeyboardEvent) || !(event.target instanceof Element)) return;
    const step = stepOf(event);
    if (step === 0 || !isStart(event.target, step)) return;
    event.preventDefault();
    const { root } = this.#host;
    const messages = [...root.querySelectorAll<HTMLElement>("[data-message]:not([hidden])")];
    const at = messages.findIndex((message) => message.contains(root.activeElement));
    const next = at < 0 ? (step < 0 ? messages.length - 1 : 0) : Math.max(at + step, 0);
    const message = messages[next];
    if (message) this.#focus(message);
    else root.querySelector<HTMLElement>("[part=input]")?.focus();
  }

  #focus(message: HTMLElement): void {
    this.#leave();
    this.#focused = message;
    const text = message.querySelector("[part=question], [part=answer]");
    if (text) text.id = textId;
    message.setAttribute("aria-describedby", textId);
    message.tabIndex = -1;
    message.focus({ preventScroll: true });
    const isTall = message.offsetHeight > (message.closest<HTMLElement>("[part=messages]")?.clientHeight ?? 0);
    message.scrollIntoView({ block: isTall ? "start" : "nearest" });
  }

  #leave(): void {
    this.#focused?.querySelector(`#${textId}`)?.removeAttribute("id");
    this.#focused?.removeAttribute("aria-describedby");
    this.#focused?.removeAttribute("tabindex");
    this.#focused = undefined;
  }
}

/** The direction of a key press: -1 to the message before, 1 to the one after, 0 if it is another key. */
function stepOf({ key, altKey, ctrlKey, metaKey, shiftKey, isComposing }: KeyboardEvent): -1 | 0 | 1 {
  if (!altKey || ctrlKey || metaKey || shiftKey || isComposing) return 0;
  return key === "ArrowUp" ? -1 : key === "ArrowDown" ? 1 : 0;
}

/**
 * Whether the keys move the focus from this element. On macOS, Alt and an arrow key move the cursor in a text. The keys
 * therefore leave the text field only if it is empty, and only upwards.
 */
function isStart(target: Element, step: number): boolean {
  if (target instanceof HTMLTextAreaElement) return target.part.contains("input") && target.value === "" && step < 0;
  return target.closest("[part=messages]") !== null;
}
