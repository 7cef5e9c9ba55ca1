/** Where the popup fills the screen. The styles say the same. */
export const phoneQuery = "(max-width: 30rem), (max-height: 26rem)";

/**
 * Makes a full-screen panel keep to the part of the screen that the keyboard leaves free, and keeps the page behind
 * it from scrolling.
 * @param panel gets `--_viewport-top` and `--_viewport-height`, in px
 * @param signal ends it and puts the page back
 */
export function fillScreen(panel: HTMLElement, signal: AbortSignal): void {
  const query = matchMedia(phoneQuery);
  const root = document.documentElement;
  const overflow = root.style.overflow;
  const viewport = window.visualViewport;
  const fit = () => {
    root.style.overflow = query.matches ? "hidden" : overflow;
    if (!viewport) return;
    panel.style.setProperty("--_viewport-top", `${viewport.offsetTop}px`);
    panel.style.setProperty("--_viewport-height", `${viewport.height}px`);
  };
  fit();
  query.addEventListener("change", fit, { signal });
  viewport?.addEventListener("resize", fit, { signal });
  viewport?.addEventListener("scroll", fit, { signal });
  signal.addEventListener("abort", () => {
    root.style.overflow = overflow;
  });
}
