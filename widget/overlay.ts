import { fillScreen } from "./view/phone.ts";

/**
 * Brings a panel to the front of the visitor's attention: the focus moves in, and on a phone it fills the screen.
 * @param panel the dialog
 * @param launcher gets the focus back where nothing else had it
 * @param movesFocus false where the page opened the chat by itself: reading it must not be disturbed
 * @returns what undoes it, to be called while the panel is still shown: the focus goes back only if it is in there
 */
export function presentOverlay(panel: HTMLElement, launcher: HTMLElement, movesFocus: boolean): () => void {
  const presented = new AbortController();
  const before = document.activeElement;
  const root = launcher.getRootNode();
  fillScreen(panel, presented.signal);
  if (movesFocus) focusPanel(panel);
  return () => {
    const isInside = root instanceof ShadowRoot && root.activeElement !== null && panel.contains(root.activeElement);
    presented.abort();
    if (!isInside) return;
    const isElsewhere = before instanceof HTMLElement && before !== document.body && before.shadowRoot !== root;
    (isElsewhere && before.isConnected ? before : launcher).focus();
  };
}

/** One can write at once, except where a keyboard on the screen would cover what there is to read. */
function focusPanel(panel: HTMLElement): void {
  const isTouched = matchMedia("(pointer: coarse)").matches;
  const input = panel.querySelector<HTMLElement>("[part=input]");
  (input && !isTouched ? input : panel).focus({ preventScroll: true });
}
