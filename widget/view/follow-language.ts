/**
 * Writes words again that the chat does not draw itself, whenever its language changes, until they leave the page.
 * @param shown what shows them
 */
export function followLanguage(root: ShadowRoot, shown: Element, write: () => void): void {
  const frame = root.querySelector(".frame");
  const observer = new MutationObserver(() => (shown.isConnected ? write() : observer.disconnect()));
  if (frame) observer.observe(frame, { attributeFilter: ["lang"] });
}
