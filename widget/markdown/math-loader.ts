const shown = new WeakMap<Element, string>();

/**
 * Shows a formula: its source at first, and set as soon as the part that can do so is there.
 * @param element has `data-math`, which says whether it stands alone
 * @param isEnriched whether that part may be loaded
 */
export function showFormula(element: HTMLElement, tex: string, isEnriched: boolean): void {
  if (shown.get(element) === tex) return;
  shown.set(element, tex);
  element.textContent = tex;
  if (!isEnriched || tex === "") return;
  void import("./math.ts").then(
    ({ renderFormula }) => {
      if (shown.get(element) === tex) renderFormula(element, tex);
    },
    () => undefined, // offline: the source stays, and can be read
  );
}
