/** An Enter so soon after a composition ended is the one that ended it, in milliseconds. */
const compositionTailMs = 50;

let compositionEndedAt = -Infinity;

/**
 * Whether a key press means "send": Enter alone, and not the Enter that an input method takes to accept a word.
 * While composing, `isComposing` is set or the key code is 229; Safari fires the keydown after `compositionend`,
 * when `isComposing` is false again, so that moment counts too.
 */
export function isSendKey(event: KeyboardEvent): boolean {
  if (event.key !== "Enter" || event.shiftKey || event.altKey || event.ctrlKey || event.metaKey) return false;
  if (event.isComposing || event.keyCode === 229) return false;
  return event.timeStamp - compositionEndedAt > compositionTailMs;
}

/** To be called at `compositionend`. */
isSendKey.noteCompositionEnd = (event: Event): void => {
  compositionEndedAt = event.timeStamp;
};
