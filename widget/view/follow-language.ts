/**
 * Rewrites words that the chat's own rendering does not update, whenever the chat's language changes. This stops after
 * the words have left the page.
 * @param shown the element that shows the words
 * @param write writes the words in the chat's current language
 */
export function followLanguage(root: ShadowRoot, shown: Element, write: () => void): void {
  const frame = root.querySelector(".frame");
  const observer = new MutationObserver(() => (shown.isConnected ? write() : observer.disconnect()));
  if (frame) observer.observe(frame, { attributeFilter: ["lang"] });
}
