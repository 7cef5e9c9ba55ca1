/** The space between a preview and what it belongs to, in pixels. */
const gapPx = 8;

/**
 * Places a preview below a chip or a card, or above it if it does not fit below and there is more room above.
 * @param area contains the preview; positions are percentages of its height, so that a page's `zoom` does not matter
 * @returns false if the chip or the card is out of view
 */
export function placePreview(preview: HTMLElement, anchor: HTMLElement, area: HTMLElement): boolean {
  const box = area.getBoundingClientRect();
  const own = anchor.getBoundingClientRect();
  if (!anchor.isConnected || own.bottom < box.top || own.top > box.bottom) return false;
  const below = box.bottom - own.bottom - 2 * gapPx;
  const above = own.top - box.top - 2 * gapPx;
  const isBelow = preview.scrollHeight <= below || below >= above;
  const share = (px: number) => `${(px / box.height) * 100}%`;
  Object.assign(preview.style, {
    top: isBelow ? share(own.bottom + gapPx - box.top) : "auto",
    bottom: isBelow ? "auto" : share(box.bottom - own.top + gapPx),
    maxHeight: share(Math.max(below, above)),
  });
  return true;
}
