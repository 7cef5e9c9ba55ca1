/**
 * Applies the element's attributes `inset-inline`, `inset-block` and `layer` to its corner. The browser ignores a value
 * that is not a length, or not a number.
 */
export function placeCorner(host: Element, { style }: HTMLElement): void {
  style.setProperty("margin-inline", host.getAttribute("inset-inline"));
  style.setProperty("margin-block", host.getAttribute("inset-block"));
  style.setProperty("z-index", host.getAttribute("layer"));
}

/**
 * Keeps a fixed element in its corner of the window. On a page where a transform, a filter or containment makes `fixed`
 * relative to an ancestor, the element is shown in the top layer instead, which no ancestor affects. Anywhere else it
 * stays out of it, so that the page can cover it, for example with a cookie banner.
 */
export function keepInCorner(corner: HTMLElement): void {
  corner.popover = "manual";
  const measure = () => JSON.stringify(corner.getBoundingClientRect());
  // called at first, and when the page has moved the corner out of the window or back
  new IntersectionObserver(() => {
    if (!corner.isConnected) return;
    corner.hidePopover?.();
    const before = measure();
    corner.showPopover?.();
    if (measure() === before) corner.hidePopover?.();
  }).observe(corner);
}
