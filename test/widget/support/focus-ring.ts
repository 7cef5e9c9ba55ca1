/**
 * What a visitor sees of the focus. Tests that drive a browser from outside run this file in its page as a plain script, so
 * it imports nothing.
 */

/** The size that WCAG 2.2 asks of a target, in CSS pixels: success criterion 2.5.8. */
export const targetPx = 24;

/** The element that shows the focus of another one: itself, or the field or form around it. */
export function ringOf(element: Element): Element | undefined {
  const around = [element, element.closest(".field"), element.closest(".message-form")];
  return around.find((each) => each !== null && outlineOf(each) !== undefined) ?? undefined;
}

/** How far the outline of an element reaches beyond it, in CSS pixels; undefined if it has none. */
function outlineOf(element: Element): number | undefined {
  const { outlineStyle, outlineWidth, outlineOffset } = getComputedStyle(element);
  const width = Number.parseFloat(outlineWidth);
  return outlineStyle === "none" || width < 1 ? undefined : width + Number.parseFloat(outlineOffset);
}

/** The element that cuts off an element or its outline; undefined if none does. One pixel is allowed for rounding. */
export function clippedBy(element: Element): Element | undefined {
  const room = outlineOf(element) ?? 0;
  const { left, right, top, bottom } = element.getBoundingClientRect();
  for (let around = element.parentElement; around; around = around.parentElement) {
    const { overflowX, overflowY, overflowClipMargin, contentVisibility } = getComputedStyle(around);
    const isPainted = contentVisibility === "auto"; // implies paint containment
    if (overflowX === "visible" && overflowY === "visible" && !isPainted) continue;
    const margin = (isPainted ? Number.parseFloat(overflowClipMargin) || 0 : 0) + 1;
    const box = around.getBoundingClientRect();
    const isWide = right - left > box.width;
    const isHigh = bottom - top > box.height;
    if (!isWide && (left - room < box.left - margin || right + room > box.right + margin)) return around;
    if (!isHigh && (top - room < box.top - margin || bottom + room > box.bottom + margin)) return around;
  }
  return undefined;
}

/**
 * What lies over an element, at its middle or near a corner; undefined if nothing does.
 * @public used in a page, by `test/e2e/keyboard-visitor.ts`
 */
export function coveredBy(element: Element): Element | undefined {
  const root = element.getRootNode();
  const [box] = element.getClientRects(); // if a link is broken across lines, its first line's box
  if (!box || !(root instanceof ShadowRoot || root instanceof Document)) return element;
  const { left, top, width, height } = box;
  const inset = 0.2;
  const places = [0.5, 0.5, inset, inset, 1 - inset, inset, inset, 1 - inset, 1 - inset, 1 - inset];
  for (let at = 0; at < places.length; at += 2) {
    const [x, y] = [left + width * (places[at] ?? 0), top + height * (places[at + 1] ?? 0)];
    const isInWindow = x >= 0 && y >= 0 && x <= innerWidth && y <= innerHeight;
    const over = isInWindow ? root.elementFromPoint(x, y) : document.documentElement;
    if (!over || !(over.contains(element) || element.contains(over))) return over ?? element;
  }
  return undefined;
}

/**
 * Whether a target is large enough. What counts is its own box, a checkbox's label, or the area around its middle in
 * which a click hits it, such as a pseudo-element's box. A target in a text may be as small as the text's lines.
 * @public used in a page, by `test/e2e/keyboard-visitor.ts`
 */
export function isLargeTarget(element: Element): boolean {
  const target = element.matches("[type=checkbox]") ? (element.closest("label") ?? element) : element;
  const { left, top, width, height } = target.getBoundingClientRect();
  if (Math.min(width, height) > targetPx - 0.1 || isInText(element)) return true;
  const root = element.getRootNode();
  if (!(root instanceof ShadowRoot)) return false;
  const [x, y, reach] = [left + width / 2, top + height / 2, targetPx / 2 - 0.1];
  const corners = [-reach, reach].flatMap((dx) => [-reach, reach].map((dy) => root.elementFromPoint(x + dx, y + dy)));
  return corners.every((at) => at !== null && target.contains(at));
}

/** Whether a target is part of a text, so that the text's lines determine its size. */
export function isInText(element: Element): boolean {
  return element.closest("[part~=answer] :is(p, li, td), .footer") !== null;
}
