import { coversScreen, holdPage, phoneQuery, releasePage } from "./phone.ts";

/** Options of {@link TopLayer}. */
export interface TopLayerOptions {
  /** The panel's root, with the live regions. */
  root: ShadowRoot;
  /** Called when the browser wants to close a modal panel, for example with Android's back gesture. */
  dismissed(): void;
  /** Ends it. */
  signal: AbortSignal;
}

/**
 * Shows a panel above everything on the page, in the browser's top layer. A panel that covers the screen is modal: what
 * is behind it is inert and does not scroll.
 *
 * While the page makes the chat inert, by a modal dialog of its own or with `inert`, the panel is not put there: it
 * would cover what can be used with something that cannot.
 */
export class TopLayer {
  readonly #panel: HTMLDialogElement;
  readonly #options: TopLayerOptions;
  #isOnTop = false;
  #isModal = false;

  constructor(panel: HTMLDialogElement, options: TopLayerOptions) {
    this.#panel = panel;
    this.#options = options;
    this.place();
    this.#watchPage();
    this.#watchPanel();
  }

  /** Places the panel again, for example after the element was moved in the page, which ends the top layer. */
  place(): void {
    const { root } = this.#options;
    const panel = this.#panel;
    const focused = panel.contains(root.activeElement) ? root.activeElement : null;
    this.#isOnTop = true; // meanwhile, the panel's events are not a reason to place it
    this.#leave();
    panel.inert = true; // otherwise a dialog takes the focus
    panel.showPopover?.();
    panel.inert = false;
    const isUsable = this.#isUsable();
    const isAlone = coversScreen(panel);
    if (isAlone) holdPage(panel);
    else releasePage(panel);
    this.#isModal = isUsable && isAlone;
    if (!isUsable || isAlone) panel.hidePopover?.();
    if (this.#isModal) {
      panel.append(...liveRegions(root)); // screen readers ignore live regions that are inert
      panel.showModal();
    }
    if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
    this.#isOnTop = isUsable;
  }

  #leave(): void {
    const panel = this.#panel;
    this.#options.root.append(...liveRegions(panel));
    this.#isModal = false;
    if (panel.open) panel.close();
    panel.hidePopover?.();
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
      if (isInert === this.#isOnTop || this.#isModal !== coversScreen(this.#panel)) this.place();
    });
    observer.observe(document, { subtree: true, attributeFilter: ["inert"] });
    observer.observe(this.#panel, { attributeFilter: ["class"] }); // the mode
    matchMedia(phoneQuery).addEventListener("change", () => this.place(), { signal });
    document.addEventListener("close", () => this.#placeIfBelow(), { capture: true, signal }); // the page's dialog
    signal.addEventListener("abort", () => {
      observer.disconnect();
      this.#leave();
      releasePage(this.#panel);
    });
  }

  #watchPanel(): void {
    const { dismissed, signal } = this.#options;
    const panel = this.#panel;
    panel.addEventListener("focusin", () => this.#placeIfBelow(), { signal }); // so the panel is not inert
    const canceled = (event: Event) => {
      event.preventDefault();
      dismissed();
    };
    panel.addEventListener("cancel", canceled, { signal });
    const closed = () => {
      if (!this.#isModal || panel.open) return; // it was closed here
      this.#isOnTop = false;
      dismissed();
    };
    panel.addEventListener("close", closed, { signal });
  }

  #placeIfBelow(): void {
    if (!this.#isOnTop) this.place();
  }
}

function liveRegions(parent: ParentNode): Element[] {
  return [...parent.children].filter((child) => child.hasAttribute("aria-live"));
}
