import { linkedSources } from "../view/linked-sources.ts";
import { emit } from "./events.ts";

/**
 * Dispatches `rivulet-navigate` when a click is about to open a page of this site in this tab. If the page cancels that
 * event, the browser does not follow the link.
 */
export function navigate(element: HTMLElement, event: MouseEvent): void {
  const { target, metaKey, ctrlKey, shiftKey, altKey } = event;
  const link = target instanceof Element ? target.closest<HTMLAnchorElement>("a[href]:not([target])") : null;
  if (link?.origin !== location.origin || event.defaultPrevented || metaKey || ctrlKey || shiftKey || altKey) return;
  if (!emit(element, "rivulet-navigate", linkedSources.get(link) ?? { url: link.href })) event.preventDefault();
}
