/**
 * Applies the attributes `inset-inline`, `inset-block` and `layer` to the corner, and `accent-color` to the element.
 * The browser ignores a value that is not a length or a number; this function ignores a value that is not a color.
 */
export function placeCorner(host: HTMLElement, { style }: HTMLElement): void {
  const accent = host.getAttribute("accent-color");
  // `inherit` is valid only as a whole value, so it fails the check with `light-dark()`; `currentColor` would be
  // another color in each place where it is used
  if (accent && !/currentColor/i.test(accent) && CSS.supports("color", `light-dark(${accent},red)`))
    host.style.setProperty("--rivulet-accent", accent);
  style.setProperty("margin-inline", host.getAttribute("inset-inline"));
  style.setProperty("margin-block", host.getAttribute("inset-block"));
  style.setProperty("z-index", host.getAttribute("layer"));
  followScheme(host, style);
}

/**
 * Gives a part of the chat the color scheme of the body, or the visitor's if the page has none. If the element has a
 * theme, or the page sets a scheme around the element or in a `meta` tag, the part inherits that scheme instead.
 */
export function followScheme(host: Element, style: CSSStyleDeclaration): void {
  const schemeOf = (element: Element) => getComputedStyle(element).colorScheme;
  const isSet = schemeOf(host) !== "normal" || document.querySelector("meta[name=color-scheme]");
  style.colorScheme = isSet ? "" : schemeOf(document.body).replace("normal", "light dark");
}

/**
 * Keeps a fixed element in its corner of the window. On a page where a transform, a filter or containment makes `fixed`
 * relative to an ancestor, the element is shown in the top layer instead, which no ancestor affects. On other pages,
 * the element stays out of the top layer, so that the page can cover it, for example with a cookie banner.
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
