import type { ElementController, UpdatingElement } from "./updating-element.ts";
import { coversScreen, isTouchScreen } from "../view/phone.ts";
import { TopLayer, loadPhone } from "../view/top-layer.ts";

/** Options of the panel's focus. */
export interface PanelFocusOptions {
  root: ShadowRoot;
  /** Gets the focus when the panel closes, unless another element of the page had it before the panel opened. */
  launcher: HTMLElement;
  /** Whether the panel is open over the page. */
  isPresented(): boolean;
  /** Called when the browser wants to close the panel. */
  dismissed(): void;
  /** Called after the panel was shown or hidden. */
  changed(isPresented: boolean): void;
}

/** Puts the panel on top when it is shown, and moves the focus when it is shown, hidden or redrawn. */
export class PanelFocus implements ElementController {
  readonly #host: UpdatingElement;
  readonly #options: PanelFocusOptions;
  #dismiss: (() => void) | undefined;
  #layer: TopLayer | undefined;
  #hadFocus = false;

  constructor(host: UpdatingElement, options: PanelFocusOptions) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  /** Puts the panel back into the top layer, which an element leaves when it is moved in the page. */
  hostConnected(): void {
    this.#layer?.place();
  }

  /** Runs before rendering, because rendering may hide the panel, which then loses the focus. */
  hostUpdate(): void {
    const { root, isPresented } = this.#options;
    this.#hadFocus = root.activeElement !== null;
    if (!isPresented()) this.#dismiss?.();
  }

  hostUpdated(): void {
    const { root, launcher, isPresented, changed } = this.#options;
    const panel = root.querySelector("[part=panel]");
    const wasPresented = this.#dismiss !== undefined;
    const isShown = isPresented();
    if (!(panel instanceof HTMLElement)) return;
    const isDialog = panel instanceof HTMLDialogElement;
    if (isDialog && !this.#host.hasUpdated && (isTouchScreen() || coversScreen(panel))) loadPhone(); // before it opens
    if (isShown && !wasPresented && isDialog) {
      // a panel that the page opened by itself must not take the focus from someone who is reading
      this.#present(panel, this.#host.hasUpdated || root.activeElement === launcher);
    } else if (!isShown && wasPresented) {
      this.#dismiss = undefined;
    } else if (this.#hadFocus && (root.activeElement === null || root.activeElement.matches("[hidden] *"))) {
      focusPanel(panel); // the focused button is gone or hidden: the focus must not leave the chat with it
    }
    if (isShown !== wasPresented) changed(isShown);
  }

  /** Restores the page when the element is removed. */
  dismiss(): void {
    this.#dismiss?.();
    this.#dismiss = undefined;
  }

  #present(panel: HTMLDialogElement, movesFocus: boolean): void {
    const presented = new AbortController();
    const { signal } = presented;
    const { root, dismissed } = this.#options;
    const before = document.activeElement;
    this.#layer = new TopLayer(panel, { root, dismissed, signal });
    if (movesFocus || panel.open) focusPanel(panel); // a modal panel has the focus in any case
    this.#dismiss = () => {
      const hadFocus = panel.contains(root.activeElement);
      presented.abort();
      this.#layer = undefined;
      if (hadFocus) this.#returnFocus(before);
    };
  }

  #returnFocus(before: Element | null): void {
    const isElsewhere = before instanceof HTMLElement && before !== document.body && before !== this.#host;
    (isElsewhere && before.isConnected ? before : this.#options.launcher).focus();
  }
}

/** Focuses the text field, except where an on-screen keyboard would cover the conversation. */
function focusPanel(panel: HTMLElement): void {
  const input = panel.querySelector<HTMLElement>("[part=input]");
  (input && !isTouchScreen() ? input : panel).focus({ preventScroll: true });
}
