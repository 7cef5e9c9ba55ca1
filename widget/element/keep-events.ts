/**
 * The composed events that a chat keeps to itself. Outside its shadow root they would seem to come from an unknown
 * element, and pages cancel such events: for hotkeys, smooth scrolling, focus traps, or to add a line to copied text.
 * Pointer and click events are not kept, because pages use them to close their menus.
 */
const keptTypes = [
  ...["keydown", "keypress", "keyup", "focusin", "focusout"],
  ...["beforeinput", "input", "compositionstart", "compositionupdate", "compositionend"],
  ...["copy", "cut", "paste", "beforecopy", "beforecut", "beforepaste", "contextmenu"],
  ...["wheel", "DOMMouseScroll", "touchstart", "touchmove", "touchend", "touchcancel"],
  ...["dragenter", "dragover", "dragleave", "drop"],
];

/**
 * Keeps the events of an element inside it, as a frame would. Only capture listeners of the page still receive them.
 * @param panel an element in the shadow root; content that the page has slotted into it keeps its events
 */
export function keepEvents(panel: HTMLElement): void {
  const isOwn = ({ target }: Event) => target instanceof HTMLElement && target.getRootNode() === panel.getRootNode();
  const keep = (event: Event) => {
    if (isOwn(event) && !isForPage(event)) event.stopPropagation();
  };
  for (const type of keptTypes) panel.addEventListener(type, keep, { passive: true });
  panel.addEventListener("click", (event) => {
    // a page that cancels `mousedown` must not prevent a text field from getting the focus
    if (isOwn(event) && event.target instanceof HTMLElement && event.target.matches("textarea, input")) {
      event.target.focus();
    }
  });
}

/** Whether an event is left to the page: an Escape that nothing in the chat has used, or dragged files. */
function isForPage(event: Event): boolean {
  if (event instanceof KeyboardEvent) return event.key === "Escape" && !event.isComposing;
  return event instanceof DragEvent && event.dataTransfer?.types.includes("Files") === true;
}
