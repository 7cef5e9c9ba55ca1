import type { ScrollAnchor } from "../conversation/state.ts";

/**
 * Where a reader is in the conversation: by a message, since what is above it may grow.
 * @param area what scrolls
 * @returns undefined where no message is in sight
 */
export function findScrollAnchor(area: HTMLElement): ScrollAnchor | undefined {
  const { top } = area.getBoundingClientRect();
  for (const message of area.querySelectorAll<HTMLElement>("[data-message]")) {
    const box = message.getBoundingClientRect();
    if (box.bottom > top) return { message: message.dataset["message"] ?? "", offsetPx: top - box.top };
  }
  return undefined;
}

/** Brings a reader back to where he was, if what he read is there. */
export function scrollToAnchor(area: HTMLElement, { message, offsetPx }: ScrollAnchor): void {
  const element = area.querySelector(`[data-message="${CSS.escape(message)}"]`);
  if (!element) return;
  area.scrollTop += element.getBoundingClientRect().top - area.getBoundingClientRect().top + offsetPx;
}
