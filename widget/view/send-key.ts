/** Within this time after a composition has ended, in milliseconds, an Enter key press is the one that ended it. */
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

/** Must be called at each `compositionend`. */
isSendKey.noteCompositionEnd = (event: Event): void => {
  compositionEndedAt = event.timeStamp;
};
