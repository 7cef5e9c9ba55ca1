/**
 * Fits a panel into the part of the screen above the keyboard. On iOS, and on Android unless the page asks for something
 * else, the keyboard makes the visual viewport smaller and can move it, and leaves the layout as it is.
 * @param panel gets `--_viewport-top` and `--_viewport-height`, in px that the page's `zoom` multiplies
 * @param signal ends it
 */
export function fitViewport(panel: HTMLElement, signal: AbortSignal): void {
  const viewport = window.visualViewport;
  if (!viewport) return;
  const fit = () => {
    const zoom = panel.currentCSSZoom ?? 1; // newer than some supported browsers
    const scale = Math.max(1, viewport.scale); // a visitor who zooms in wants a larger panel, not one that fits
    const height = (viewport.height * scale) / zoom;
    // only a page with `overlaysContent` has that inset: there, the keyboard leaves the visual viewport as it is, too
    panel.style.setProperty("--_viewport-height", `calc(${height}px - env(keyboard-inset-height, 0px))`);
    if (scale < 1.01) panel.style.setProperty("--_viewport-top", `${viewport.offsetTop / zoom}px`);
  };
  fit();
  viewport.addEventListener("resize", fit, { signal });
  viewport.addEventListener("scroll", fit, { signal });
}
