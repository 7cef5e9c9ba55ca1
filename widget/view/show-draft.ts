/**
 * Shows the draft in its text field, and fits the field's height to the text if the engine does not support
 * `field-sizing: content`. The height is set through the CSSOM, which a strict `style-src` allows.
 */
export function showDraft(field: HTMLTextAreaElement | null, draft: string): void {
  if (!field) return;
  if (field.value !== draft) field.value = draft; // setting the same value would move the caret to the end
  if (CSS.supports("field-sizing", "content")) return;
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight}px`;
}
