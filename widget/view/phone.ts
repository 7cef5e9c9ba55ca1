/** When the popup fills the screen. The styles have the same query. */
export const phoneQuery = "(max-width: 30rem), (max-height: 26rem)";

/** Whether a panel covers the whole screen. */
export function coversScreen(panel: HTMLElement): boolean {
  return matchMedia(phoneQuery).matches || panel.classList.contains("fullscreen");
}

/**
 * Fits a full-screen panel into the part of the screen above the keyboard.
 * @param panel gets `--_viewport-top` and `--_viewport-height`, in px that the page's `zoom` multiplies
 * @param signal ends it
 */
export function fillScreen(panel: HTMLElement, signal: AbortSignal): void {
  const viewport = window.visualViewport;
  const fit = () => {
    if (!viewport) return;
    const zoom = panel.currentCSSZoom ?? 1; // newer than some supported browsers
    panel.style.setProperty("--_viewport-top", `${viewport.offsetTop / zoom}px`);
    panel.style.setProperty("--_viewport-height", `${viewport.height / zoom}px`);
  };
  fit();
  viewport?.addEventListener("resize", fit, { signal });
  viewport?.addEventListener("scroll", fit, { signal });
}

/** The panels that stop the page from scrolling. With two chats, the last one that closes restores it. */
const holders = new Set<HTMLElement>();
let pageOverflow = "";

/** Stops the page behind a panel from scrolling. */
export function holdPage(panel: HTMLElement): void {
  const { style } = document.documentElement;
  if (holders.size === 0) pageOverflow = style.overflow;
  holders.add(panel);
  style.overflow = "hidden";
}

/** Lets the page scroll again. */
export function releasePage(panel: HTMLElement): void {
  const wasHeld = holders.delete(panel);
  if (wasHeld && holders.size === 0) document.documentElement.style.overflow = pageOverflow;
}
