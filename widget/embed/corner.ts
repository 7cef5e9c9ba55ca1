/**
 * Applies the element's attributes `inset-inline`, `inset-block` and `layer` to its corner, and `accent-color` to all of
 * it. The browser ignores a value that is not a length, or not a number; a value that is not a color is ignored here.
 */
export function placeCorner(host: HTMLElement, { style }: HTMLElement): void {
  const accent = host.getAttribute("accent-color");
  // `inherit` and the like are colors only by themselves; `currentColor` would be another one in each place
  if (accent && !/currentColor/i.test(accent) && CSS.supports("color", `light-dark(${accent},red)`))
    host.style.setProperty("--rivulet-accent", accent);
  style.setProperty("margin-inline", host.getAttribute("inset-inline"));
  style.setProperty("margin-block", host.getAttribute("inset-block"));
  style.setProperty("z-index", host.getAttribute("layer"));
  followScheme(host, style);
}

/**
 * Gives a part of the chat the color scheme of the body, or the visitor's if the page has none. If the element has a theme or
 * is in a part of the page with a scheme, that is inherited.
 */
export function followScheme(host: Element, style: CSSStyleDeclaration): void {
  const schemeOf = (element: Element) => getComputedStyle(element).colorScheme;
  const isSet = schemeOf(host) !== "normal" || document.querySelector("meta[name=color-scheme]");
  style.colorScheme = isSet ? "" : schemeOf(document.body).replace("normal", "light dark");
}

/**
 * Keeps a fixed element in its corner of the window. On a page where a transform, a filter or containment makes `fixed`
 * relative to an ancestor, the element is shown in the top layer instead, which no ancestor affects. Anywhere else it
 * stays out of it, so that the page can cover it, for example with a cookie banner.
 */
export function keepInCorner(host: Element, corner: HTMLElement): void {
  corner.popover = "manual";
  const measure = () => JSON.stringify(corner.getBoundingClientRect());
  // called at first, and when the page has moved the corner out of the window or back
  new IntersectionObserver(() => {
    if (!corner.isConnected) return;
    followScheme(host, corner.style);
    corner.hidePopover?.();
    const before = measure();
    corner.showPopover?.();
    if (measure() === before) corner.hidePopover?.();
  }).observe(corner);
}
