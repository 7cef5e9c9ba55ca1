/**
 * Must be called when an Escape key press closes something in the chat. It keeps the page and the browser from also
 * closing a dialog that contains the chat.
 * @param event the `keydown` of the Escape
 */
export function useEscape(event: KeyboardEvent): void {
  event.preventDefault();
  event.stopPropagation();
  const keepKeyup = (keyup: Event) => keyup.stopPropagation();
  const root = event.target instanceof Node ? event.target.getRootNode() : undefined;
  root?.addEventListener("keyup", keepKeyup, { capture: true, once: true });
}
