import type { coverScreen } from "../phone/phone.ts";
import { coversScreen, phoneQuery } from "./phone.ts";

/** Options of {@link TopLayer}. */
export interface TopLayerOptions {
  /** The shadow root that contains the panel and the live regions. */
  root: ShadowRoot;
  /** Called when the browser wants to close a modal panel, for example with Android's back gesture. */
  dismissed(): void;
  /** Takes the panel out of the top layer. */
  signal: AbortSignal;
}

let phone: { coverScreen: typeof coverScreen } | undefined;

/**
 * Loads the code that only a panel that covers the screen needs. If this fails, such a panel is not modal, and loading
 * is tried again the next time the panel is placed.
 * @param loaded called once the code is loaded
 */
export function loadPhone(loaded?: () => void): void {
  void import("../phone/phone.ts").then(
    (part) => {
      phone = part;
      return loaded?.();
    },
    () => undefined,
  );
}

/**
 * Shows a panel above everything on the page, in the browser's top layer. A panel that covers the screen is modal: what
 * is behind it is inert and does not scroll.
 *
 * While the page makes the chat inert, by a modal dialog of its own or with `inert`, the panel is not put into the top
 * layer: the visitor could not use the panel, and it would cover the content that they can use.
 */
export class TopLayer {
  readonly #panel: HTMLDialogElement;
  readonly #options: TopLayerOptions;
  #isOnTop = false;
  #isAlone = false;
  #uncover: (() => void) | undefined;

  constructor(panel: HTMLDialogElement, options: TopLayerOptions) {
    this.#panel = panel;
    this.#options = options;
    this.place();
    this.#watchPage();
  }

  /** Places the panel again. For example, moving the element in the page takes the panel out of the top layer. */
  place(): void {
    const { root } = this.#options;
    const panel = this.#panel;
    const focused = panel.contains(root.activeElement) ? root.activeElement : null;
    this.#isOnTop = true; // so that the panel's events do not place it again meanwhile
    this.#leave();
    panel.inert = true; // otherwise the dialog would take the focus when it is shown
    panel.showPopover?.();
    panel.inert = false;
    const isUsable = this.#isUsable();
    if (!isUsable) panel.hidePopover?.();
    this.#isAlone = coversScreen(panel);
    if (this.#isAlone) this.#cover(isUsable);
    if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
    this.#isOnTop = isUsable;
  }

  #cover(isUsable: boolean): void {
    const place = () => {
      if (!this.#options.signal.aborted) this.place();
    };
    if (phone) this.#uncover = phone.coverScreen(this.#panel, { ...this.#options, isUsable, place });
    else loadPhone(place);
  }

  #leave(): void {
    this.#uncover?.();
    this.#uncover = undefined;
    this.#panel.hidePopover?.();
  }

  /** Whether a click in the middle of the panel would reach it. It would not if the panel is inert. */
  #isUsable(): boolean {
    const { left, top, width, height } = this.#panel.getBoundingClientRect();
    return this.#panel.contains(this.#options.root.elementFromPoint(left + width / 2, top + height / 2));
  }

  #watchPage(): void {
    const { root, signal } = this.#options;
    const observer = new MutationObserver(() => {
      const isInert = root.host.closest("[inert]") !== null;
      if (isInert === this.#isOnTop || this.#isAlone !== coversScreen(this.#panel)) this.place();
    });
    observer.observe(document, { subtree: true, attributeFilter: ["inert"] });
    observer.observe(this.#panel, { attributeFilter: ["class"] }); // the mode is a class
    matchMedia(phoneQuery).addEventListener("change", () => this.place(), { signal });
    this.#panel.addEventListener("focusin", () => this.#placeIfBelow(), { signal }); // a panel with focus is not inert
    document.addEventListener("close", () => this.#placeIfBelow(), { capture: true, signal }); // a dialog of the page
    signal.addEventListener("abort", () => {
      observer.disconnect();
      this.#leave();
    });
  }

  #placeIfBelow(): void {
    if (!this.#isOnTop) this.place();
  }
}
