/**
 * Shows a draft in its text field, as high as its text: by hand where the engine does not do so by
 * `field-sizing: content`. The height is set through the CSSOM, which a strict `style-src` allows.
 */
export function showDraft(field: HTMLTextAreaElement, draft: string): void {
  if (field.value !== draft) field.value = draft; // not where it is the same: the caret would jump to the end
  if (CSS.supports("field-sizing", "content")) return;
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight}px`;
}
