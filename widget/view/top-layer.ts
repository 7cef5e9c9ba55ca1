import { coversScreen, phoneQuery } from "./phone.ts";

/** Options of {@link keepOnTop}. */
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
 * is behind it is inert.
 *
 * While the page makes the chat inert, by a modal dialog of its own or with `inert`, the panel is not put there: it
 * would cover what can be used with something that cannot.
 * @returns places the panel again, for example after the element was moved in the page, which ends the top layer
 */
export function keepOnTop(panel: HTMLDialogElement, { root, dismissed, signal }: TopLayerOptions): () => void {
  let isOnTop = false;
  let isModal = false;

  const leave = () => {
    root.append(...liveRegions(panel));
    isModal = false;
    if (panel.open) panel.close();
    panel.hidePopover?.();
  };
  const place = () => {
    const focused = panel.contains(root.activeElement) ? root.activeElement : null;
    isOnTop = true; // while it is placed, the events below are its own
    leave();
    panel.inert = true; // otherwise a dialog takes the focus
    panel.showPopover?.();
    panel.inert = false;
    const isUsable = canBeUsed(panel, root);
    isModal = isUsable && coversScreen(panel);
    if (!isUsable || isModal) panel.hidePopover?.();
    if (isModal) {
      panel.append(...liveRegions(root)); // screen readers ignore live regions that are inert
      panel.showModal();
    }
    if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
    isOnTop = isUsable;
  };
  const placeUnlessOnTop = () => {
    if (!isOnTop) place();
  };
  const inertness = new MutationObserver(() => {
    const isInert = root.host.closest("[inert]") !== null;
    if (isInert === isOnTop) place();
  });

  place();
  matchMedia(phoneQuery).addEventListener("change", place, { signal });
  inertness.observe(document, { subtree: true, attributeFilter: ["inert"] });
  document.addEventListener("close", placeUnlessOnTop, { capture: true, signal }); // the page's dialog
  panel.addEventListener("focusin", placeUnlessOnTop, { signal }); // so the panel is not inert
  panel.addEventListener(
    "cancel",
    (event) => {
      event.preventDefault();
      dismissed();
    },
    { signal },
  );
  panel.addEventListener(
    "close",
    () => {
      if (!isModal || panel.open) return; // it was closed here
      isOnTop = false;
      dismissed();
    },
    { signal },
  );
  signal.addEventListener("abort", () => {
    inertness.disconnect();
    leave();
  });
  return place;
}

/** Whether a click in the middle of the panel would reach it. It would not if the panel is inert. */
function canBeUsed(panel: HTMLElement, root: ShadowRoot): boolean {
  const { left, top, width, height } = panel.getBoundingClientRect();
  return panel.contains(root.elementFromPoint(left + width / 2, top + height / 2));
}

function liveRegions(parent: ParentNode): Element[] {
  return [...parent.children].filter((child) => child.hasAttribute("aria-live"));
}
