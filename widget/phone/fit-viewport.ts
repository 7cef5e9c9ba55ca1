/**
 * Fits a panel into the part of the screen above the keyboard. The keyboard makes the visual viewport smaller and can
 * move it, but does not change the layout. That is the case on iOS, and on Android unless the page requests otherwise.
 * @param panel receives `--_viewport-top` and `--_viewport-height`. They are divided by the page's `zoom`, because the
 * browser multiplies lengths by it.
 * @param signal stops the fitting
 */
export function fitViewport(panel: HTMLElement, signal: AbortSignal): void {
  const viewport = window.visualViewport;
  if (!viewport) return;
  const fit = () => {
    const zoom = panel.currentCSSZoom ?? 1; // some supported browsers do not have it
    const scale = Math.max(1, viewport.scale); // a visitor who zooms in wants a larger panel, not one that fits
    const height = (viewport.height * scale) / zoom;
    // the inset is 0 except on pages with `overlaysContent`, where the keyboard does not change the visual viewport
    panel.style.setProperty("--_viewport-height", `calc(${height}px - env(keyboard-inset-height, 0px))`);
    if (scale < 1.01) panel.style.setProperty("--_viewport-top", `${viewport.offsetTop / zoom}px`);
  };
  fit();
  viewport.addEventListener("resize", fit, { signal });
  viewport.addEventListener("scroll", fit, { signal });
}
