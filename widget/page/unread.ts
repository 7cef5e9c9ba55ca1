/**
 * What is never read: what the site excludes, what is hidden from everybody or from screen readers, controls that
 * contain what was typed or chosen, anything that is not text, other documents, and the chat itself.
 */
const unread = [
  "[data-rivulet-ignore], [hidden], [aria-hidden='true' i], rivulet-chat",
  "input, textarea, select, datalist, output",
  "[role='textbox' i], [role='searchbox' i], [role='combobox' i], [role='listbox' i], [role='spinbutton' i], [role='slider' i]",
  "script, style, noscript, template, iframe, frame, frameset, object, embed, canvas, svg, audio, video",
].join();

/** An element with a lower opacity than this counts as invisible. */
const minOpacity = 0.05;

/** Content that is indented or shifted by more than this, in pixels, is probably moved out of sight. */
const maxIndentPx = 999;

/** Whether an element is skipped, with everything in it. */
export function isUnread(element: Element, style: CSSStyleDeclaration): boolean {
  if (element.matches(unread) || (element instanceof HTMLElement && element.isContentEditable)) return true;
  const { display, opacity, contentVisibility, textIndent, marginLeft, paddingLeft } = style;
  return (
    display === "none" ||
    Number(opacity) < minOpacity ||
    contentVisibility === "hidden" ||
    Math.abs(Number.parseFloat(textIndent)) > maxIndentPx ||
    Number.parseFloat(marginLeft) + Number.parseFloat(paddingLeft) < -maxIndentPx ||
    isClipped(element, style) ||
    isOutside(element, style)
  );
}

/** Whether an element's box shows none of its content, because it is clipped to a point or has no room. */
function isClipped({ clientWidth, clientHeight }: Element, style: CSSStyleDeclaration): boolean {
  const { display, overflowX, clip, clipPath } = style;
  if (/^(?:inset\(\s*(?:[5-9]\d|100)(?:\.\d+)?%|inset\([^)]*\b100%|(?:circle|ellipse)\(0)/.test(clipPath)) return true;
  const [top = 0, right = 0, bottom = 0, left = 0] = clip.match(/-?[\d.]+(?=px)/g)?.map(Number) ?? [0, 9, 9, 0];
  if (right - left <= 1 || bottom - top <= 1) return true;
  const canOverflow = overflowX === "visible" || display === "inline" || display === "contents";
  return !canOverflow && (clientWidth <= 1 || clientHeight <= 1);
}

/**
 * How far beyond the window an element may be, in pixels, on the side to which the page can scroll. An element that is
 * farther away counts as moved out of sight.
 */
const maxAwayPx = 3000;

/** Whether an element was moved to a place that nobody can scroll to, or that nobody is meant to scroll to. */
function isOutside(element: Element, style: CSSStyleDeclaration): boolean {
  const { position, transform, translate, left: offset, top, marginTop } = style;
  const isFar = [offset, top, marginTop].some((length) => Math.abs(Number.parseFloat(length)) > maxIndentPx);
  if (!isFar && !/absolute|fixed/.test(position) && transform === "none" && translate === "none") return false;
  const { left, right, bottom } = element.getBoundingClientRect();
  const { scrollX, scrollY, innerWidth } = window;
  const isRtl = getComputedStyle(document.documentElement).direction === "rtl";
  const [maxLeft, maxRight] = isRtl ? [maxAwayPx, 0] : [0, maxAwayPx];
  return bottom + scrollY < 0 || right + scrollX < -maxLeft || left + scrollX > innerWidth + maxRight;
}

const range = document.createRange();

/** Whether a text is drawn, and with its real characters. @param style the parent's style */
export function isDrawn(text: Text, style: CSSStyleDeclaration): boolean {
  const security = style.getPropertyValue("-webkit-text-security"); // shows dots, as in a password field
  if (style.visibility !== "visible" || (security !== "" && security !== "none")) return false;
  range.selectNodeContents(text);
  return [...range.getClientRects()].some(({ width, height }) => width > 0 && height > 0);
}
