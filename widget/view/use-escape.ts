/**
 * Called when an Escape closes something in the chat, so that it does not also close a dialog around the chat, of the
 * page or of the browser.
 * @param event the `keydown` of the Escape
 */
export function useEscape(event: KeyboardEvent): void {
  event.preventDefault();
  event.stopPropagation();
  const keepKeyup = (keyup: Event) => keyup.stopPropagation();
  const root = event.target instanceof Node ? event.target.getRootNode() : undefined;
  root?.addEventListener("keyup", keepKeyup, { capture: true, once: true });
}
