const shown = new WeakMap<Element, string>();

/**
 * Shows a formula: first its source, then the rendered formula once the renderer is loaded.
 * @param element has `data-math`, which says whether it is a display formula
 * @param isEnriched whether the renderer may be loaded
 */
export function showFormula(element: HTMLElement, tex: string, isEnriched: boolean): void {
  if (shown.get(element) === tex) return;
  shown.set(element, tex);
  element.textContent = tex;
  if (!isEnriched || tex === "") return;
  void import("./math.ts").then(
    ({ renderSoon }) => renderSoon(element, tex),
    () => undefined, // offline: the source stays readable
  );
}
