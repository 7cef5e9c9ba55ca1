/** An Enter within this time after a composition ended is the one that ended it, in milliseconds. */
const compositionTailMs = 50;

let compositionEndedAt = -Infinity;

/**
 * Whether a key press sends the message: Enter without modifiers, unless an input method uses it to accept a word.
 * While composing, `isComposing` is true or the key code is 229. Safari dispatches the keydown after `compositionend`,
 * with `isComposing` false, so the time since that event counts as well.
 */
export function isSendKey(event: KeyboardEvent): boolean {
  if (event.key !== "Enter" || event.shiftKey || event.altKey || event.ctrlKey || event.metaKey) return false;
  if (event.isComposing || event.keyCode === 229) return false;
  return event.timeStamp - compositionEndedAt > compositionTailMs;
}

/** Call it at `compositionend`. */
isSendKey.noteCompositionEnd = (event: Event): void => {
  compositionEndedAt = event.timeStamp;
};
