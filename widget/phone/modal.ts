import { useEscape } from "../view/use-escape.ts";

/** Options of {@link makeModal}. */
export interface ModalOptions {
  /** The panel's root, with the live regions. */
  root: ShadowRoot;
  /** Closes the panel, or what is open in it. Called when the browser wants to close it. */
  dismissed(): void;
  /** Puts the panel on top again, unless it is closed. */
  place(): void;
}

/** What Escape closes before the panel, if the focus is elsewhere: forms, and what would be sent of the page. */
const closable = [
  ".conversation-list:not([hidden]) .task",
  ".chat:not([hidden]) .message-form",
  ".chat:not([hidden]) .page:not([hidden])",
].join();

const escape = { key: "Escape", bubbles: true, composed: true, cancelable: true };

/**
 * Shows a panel as a modal dialog. Android's back gesture closes it, or what is open in it, and never adds an entry to the
 * page's history: the browser has a close watcher for dialogs.
 */
export function makeModal(
  panel: HTMLDialogElement,
  { root, dismissed, place }: ModalOptions,
  signal: AbortSignal,
): void {
  panel.hidePopover?.();
  panel.append(...liveRegions(root)); // screen readers ignore live regions that are inert
  panel.showModal();
  panel.focus({ preventScroll: true });
  signal.addEventListener("abort", () => {
    root.append(...liveRegions(panel));
    if (panel.open) panel.close();
  });

  /** Closes what Escape would close. */
  const goBack = () => {
    const focused = panel.contains(root.activeElement) ? root.activeElement : undefined;
    const target = panel.querySelector(closable) ?? focused ?? panel;
    if (target.dispatchEvent(new KeyboardEvent("keydown", escape))) dismissed(); // nothing has used it
    target.dispatchEvent(new KeyboardEvent("keyup", escape));
  };
  const canceled = (event: Event) => {
    if (event.target !== panel) return;
    event.preventDefault();
    goBack();
  };
  const closed = () => {
    if (panel.open) return; // it was closed and shown again here
    goBack(); // the browser does not ask twice
    setTimeout(place); // something in the panel may have been closed instead
  };
  const elsewhere = (event: KeyboardEvent) => {
    const open = panel.querySelector(closable);
    if (event.key !== "Escape" || event.isComposing || !open) return;
    if (event.target instanceof Node && open.contains(event.target)) return;
    useEscape(event);
    open.dispatchEvent(new KeyboardEvent("keydown", escape));
  };
  panel.addEventListener("cancel", canceled, { signal });
  panel.addEventListener("close", closed, { signal });
  panel.addEventListener("keydown", elsewhere, { capture: true, signal });
}

function liveRegions(parent: ParentNode): Element[] {
  return [...parent.children].filter((child) => child.hasAttribute("aria-live"));
}
