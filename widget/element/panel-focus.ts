import { fillScreen } from "./view/phone.ts";

/** A panel's place in the visitor's attention: where the focus goes when it is shown, hidden, or drawn anew. */
export class Presence {
  readonly #root: ShadowRoot;
  readonly #launcher: HTMLElement;
  #dismiss: (() => void) | undefined;
  #hadFocus = false;

  /**
   * @param root where panel and launcher are
   * @param launcher gets the focus back where nothing else had it
   */
  constructor(root: ShadowRoot, launcher: HTMLElement) {
    this.#root = root;
    this.#launcher = launcher;
  }

  /** To be called before the panel is drawn anew: once it is hidden, its focus is lost. */
  beforeUpdate(isPresented: boolean): void {
    this.#hadFocus = this.#root.activeElement !== null;
    if (!isPresented) this.#dismiss?.();
  }

  /**
   * To be called when the panel has been drawn.
   * @param isPresented whether it now lies over the page
   * @param isFirst the page opened it by itself, unless the focus is on the launcher: who reads must not be disturbed
   * @returns what has changed
   */
  afterUpdate(panel: HTMLElement, isPresented: boolean, isFirst: boolean): "shown" | "hidden" | undefined {
    const wasPresented = this.#dismiss !== undefined;
    if (isPresented && !wasPresented) {
      this.#present(panel, !isFirst || this.#root.activeElement === this.#launcher);
      return "shown";
    }
    if (!isPresented && wasPresented) {
      this.#dismiss = undefined;
      return "hidden";
    }
    // a button that did its work may be gone: the focus must not fall out of the chat with it
    if (this.#hadFocus && this.#root.activeElement === null) focusPanel(panel);
    return undefined;
  }

  /** Gives the page back what was taken. */
  dismiss(): void {
    this.#dismiss?.();
    this.#dismiss = undefined;
  }

  #present(panel: HTMLElement, movesFocus: boolean): void {
    const presented = new AbortController();
    const before = document.activeElement;
    fillScreen(panel, presented.signal);
    if (movesFocus) focusPanel(panel);
    this.#dismiss = () => {
      presented.abort();
      if (panel.contains(this.#root.activeElement)) this.#returnFocus(before);
    };
  }

  #returnFocus(before: Element | null): void {
    const isElsewhere = before instanceof HTMLElement && before !== document.body && before !== this.#root.host;
    (isElsewhere && before.isConnected ? before : this.#launcher).focus();
  }
}

/** One can write at once, except where a keyboard on the screen would cover what there is to read. */
function focusPanel(panel: HTMLElement): void {
  const isTouched = matchMedia("(pointer: coarse)").matches;
  const input = panel.querySelector<HTMLElement>("[part=input]");
  (input && !isTouched ? input : panel).focus({ preventScroll: true });
}
