import type { ScrollAnchor } from "../conversation/state.ts";

/**
 * Finds the reader's position in the conversation. It is relative to a message, because the content above may grow.
 * @param area the scrolling element
 * @returns undefined if no message is visible
 */
export function findScrollAnchor(area: HTMLElement): ScrollAnchor | undefined {
  const { top } = area.getBoundingClientRect();
  for (const message of area.querySelectorAll<HTMLElement>("[data-message]")) {
    const box = message.getBoundingClientRect();
    if (box.bottom > top) return { message: message.dataset["message"] ?? "", offsetPx: top - box.top };
  }
  return undefined;
}

/** Scrolls to an anchor, if its message is in the conversation. */
export function scrollToAnchor(area: HTMLElement, { message, offsetPx }: ScrollAnchor): void {
  const element = area.querySelector(`[data-message="${CSS.escape(message)}"]`);
  if (!element) return;
  area.scrollTop += element.getBoundingClientRect().top - area.getBoundingClientRect().top + offsetPx;
}
