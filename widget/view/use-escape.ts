/**
 * Makes an Escape close something in the chat and nothing around it: no dialog of the page, no dialog of the browser.
 * @param event its `keydown`
 */
export function useEscape(event: KeyboardEvent): void {
  event.preventDefault();
  event.stopPropagation();
  const keepKeyup = (keyup: Event) => keyup.stopPropagation();
  const root = event.target instanceof Node ? event.target.getRootNode() : undefined;
  root?.addEventListener("keyup", keepKeyup, { capture: true, once: true });
}
