/**
 * What is never read: what the site excludes, what is hidden from everybody or from screen readers, controls with what was
 * typed or chosen in them, what is no text, other documents, and the chat itself.
 */
const unread = [
  "[data-rivulet-ignore], [hidden], [aria-hidden='true' i], rivulet-chat",
  "input, textarea, select, datalist, output",
  "[role='textbox' i], [role='searchbox' i], [role='combobox' i], [role='listbox' i], [role='spinbutton' i], [role='slider' i]",
  "script, style, noscript, template, iframe, frame, frameset, object, embed, canvas, svg, audio, video",
].join();

/** An element that is more transparent than this is invisible. */
const minOpacity = 0.05;

/** A text indented by more than this, in pixels, is moved out of sight. */
const maxIndentPx = 999;

/** Whether nothing in an element is read. */
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

/** Whether the box of an element shows nothing of its content: it is cut to a point, or has no room. */
function isClipped({ clientWidth, clientHeight }: Element, style: CSSStyleDeclaration): boolean {
  const { display, overflowX, clip, clipPath } = style;
  if (/^(?:inset\(\s*(?:[5-9]\d|100)(?:\.\d+)?%|inset\([^)]*\b100%|(?:circle|ellipse)\(0)/.test(clipPath)) return true;
  const [top = 0, right = 0, bottom = 0, left = 0] = clip.match(/-?[\d.]+(?=px)/g)?.map(Number) ?? [0, 9, 9, 0];
  if (right - left <= 1 || bottom - top <= 1) return true;
  const canOverflow = overflowX === "visible" || display === "inline" || display === "contents";
  return !canOverflow && (clientWidth <= 1 || clientHeight <= 1);
}

/** How far outside of the window, in pixels, an element is that nobody should scroll to. */
const maxAwayPx = 3000;

/** Whether an element was moved to where nobody can scroll to, or not by chance. */
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

/** Whether a text is drawn, and as it is. @param style its parent's */
export function isDrawn(text: Text, style: CSSStyleDeclaration): boolean {
  const security = style.getPropertyValue("-webkit-text-security"); // shows dots, as a password
  if (style.visibility !== "visible" || (security !== "" && security !== "none")) return false;
  range.selectNodeContents(text);
  return [...range.getClientRects()].some(({ width, height }) => width > 0 && height > 0);
}
