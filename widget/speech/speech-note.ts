import { followLanguage } from "../view/follow-language.ts";

/**
 * Shows a note above the text field that says why reading or dictation has ended. Screen readers announce it too.
 * @param words returns the note in the chat's current language; if omitted, the note is removed
 */
export function showNote(root: ShadowRoot, words?: () => string): void {
  const field = root.querySelector(".field");
  const present = root.querySelector(".speech-note");
  if (!words) return present?.remove();
  const note = present ?? document.createElement("div");
  note.className = "speech-note notice";
  note.role = "status";
  field?.before(note);
  note.textContent = words(); // set after the note is in the page, so that screen readers announce it
  followLanguage(root, note, () => (note.textContent = words()));
}
