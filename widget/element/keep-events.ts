/**
 * The composed events that a chat needs for itself. Outside its shadow root they would seem to come from an unknown
 * element, and pages cancel those: for a hotkey, smooth scrolling, a focus trap, a line that is added to what is copied.
 * Pointer and click events are not among them, because a page closes its menus with them.
 */
const keptTypes = [
  ...["keydown", "keypress", "keyup", "focusin", "focusout"],
  ...["beforeinput", "input", "compositionstart", "compositionupdate", "compositionend"],
  ...["copy", "cut", "paste", "beforecopy", "beforecut", "beforepaste", "contextmenu"],
  ...["wheel", "DOMMouseScroll", "touchstart", "touchmove", "touchend", "touchcancel"],
  ...["dragenter", "dragover", "dragleave", "drop"],
];

/**
 * Keeps the events of an element in it, as a frame would. A page's capture listeners have run before.
 * @param panel an element in the shadow root; content that the page has slotted into it keeps its events
 */
export function keepEvents(panel: HTMLElement): void {
  const isOwn = ({ target }: Event) => target instanceof HTMLElement && target.getRootNode() === panel.getRootNode();
  const keep = (event: Event) => {
    if (isOwn(event) && !isForPage(event)) event.stopPropagation();
  };
  for (const type of keptTypes) panel.addEventListener(type, keep, { passive: true });
  panel.addEventListener("click", (event) => {
    // a page that cancels `mousedown` does not keep a text field from the focus
    if (isOwn(event) && event.target instanceof HTMLElement && event.target.matches("textarea, input")) {
      event.target.focus();
    }
  });
}

/** An Escape that nothing in the chat has used, and files, which pages accept anywhere. */
function isForPage(event: Event): boolean {
  if (event instanceof KeyboardEvent) return event.key === "Escape" && !event.isComposing;
  return event instanceof DragEvent && event.dataTransfer?.types.includes("Files") === true;
}
