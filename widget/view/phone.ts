/** The media query under which a panel fills the screen, unless it is inline. The styles have the same query. */
export const phoneQuery = "(max-width: 30rem), (max-height: 26rem)";

/** Whether a panel covers the whole screen. */
export function coversScreen(panel: HTMLElement): boolean {
  return matchMedia(phoneQuery).matches || panel.classList.contains("fullscreen");
}

/** Whether the screen is a touch screen, which has an on-screen keyboard. */
export function isTouchScreen(): boolean {
  return matchMedia("(pointer: coarse)").matches;
}
