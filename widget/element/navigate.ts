import { linkedSources } from "../view/linked-sources.ts";
import { emit } from "./events.ts";

/**
 * Announces with an event that a click opens another page of this site in this tab. If the event is canceled, the page
 * takes care of it.
 */
export function navigate(element: HTMLElement, event: Event): void {
  const { target } = event;
  const link = target instanceof Element ? target.closest<HTMLAnchorElement>("a[href]:not([target])") : null;
  if (!(event instanceof MouseEvent) || !link || link.origin !== location.origin || event.defaultPrevented) return;
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || !element.shadowRoot?.contains(link)) return;
  if (!emit(element, "rivulet-navigate", linkedSources.get(link) ?? { url: link.href })) event.preventDefault();
}
