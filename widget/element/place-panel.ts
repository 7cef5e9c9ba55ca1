/**
 * Applies the element's attributes `inset-inline`, `inset-block` and `layer` to its panel. As for the launcher, a value
 * that is not a length, or not a number, is ignored.
 */
export function placePanel(host: Element, { style }: HTMLElement): void {
  for (const name of ["inset-inline", "inset-block"]) {
    const value = host.getAttribute(name)?.replace(/^0$/, "0px") ?? ""; // `calc()` takes no length without a unit
    style.setProperty(`--rivulet-${name}`, CSS.supports("padding-top", value) ? value : null);
  }
  style.setProperty("z-index", host.getAttribute("layer"));
}
