import { followLanguage } from "../view/follow-language.ts";

/**
 * Says above the text field why speech has ended, to screen readers too.
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
  note.textContent = words(); // after it is in the page, so that it is announced
  followLanguage(root, note, () => (note.textContent = words()));
}
