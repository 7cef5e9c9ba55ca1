import { useEscape } from "../view/use-escape.ts";

/** Options of {@link makeModal}. */
export interface ModalOptions {
  /** The shadow root that contains the panel and the live regions. */
  root: ShadowRoot;
  /** Closes the panel, or what is open in it. Called when the browser wants to close the panel. */
  dismissed(): void;
  /** Puts the panel on top again, unless it is closed. */
  place(): void;
}

/**
 * Elements that Escape closes before the panel, even if the focus is elsewhere: forms, and the preview of the page's
 * text that would be sent.
 */
const closable = [
  ".conversation-list:not([hidden]) .task",
  ".chat:not([hidden]) .message-form",
  ".chat:not([hidden]) .page:not([hidden])",
].join();

const escape = { key: "Escape", bubbles: true, composed: true, cancelable: true };

/**
 * Shows a panel as a modal dialog. Android's back gesture closes the panel, or what is open in it. The page's history
 * needs no extra entry for this, because the browser has a close watcher for dialogs.
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
    if (target.dispatchEvent(new KeyboardEvent("keydown", escape))) dismissed(); // nothing has handled the key
    target.dispatchEvent(new KeyboardEvent("keyup", escape));
  };
  const canceled = (event: Event) => {
    if (event.target !== panel) return;
    event.preventDefault();
    goBack();
  };
  const closed = () => {
    if (panel.open) return; // the panel was closed and then shown again
    goBack(); // a browser does not let a page prevent this twice in a row
    setTimeout(place); // `goBack` may have closed only something in the panel
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
