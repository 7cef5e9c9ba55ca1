import { linkedSources } from "../view/linked-sources.ts";
import { emit } from "./events.ts";

/**
 * Announces with an event that a click opens another page of this site in this tab. If the event is canceled, the page
 * takes care of it.
 */
export function navigate(element: HTMLElement, event: MouseEvent): void {
  const { target, metaKey, ctrlKey, shiftKey, altKey } = event;
  const link = target instanceof Element ? target.closest<HTMLAnchorElement>("a[href]:not([target])") : null;
  if (link?.origin !== location.origin || event.defaultPrevented || metaKey || ctrlKey || shiftKey || altKey) return;
  if (!emit(element, "rivulet-navigate", linkedSources.get(link) ?? { url: link.href })) event.preventDefault();
}
