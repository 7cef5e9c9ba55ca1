/**
 * Makes a text field as high as its text, where the engine does not do so by `field-sizing: content`. The height is
 * set through the CSSOM, which a strict `style-src` allows.
 */
export function autoGrow(field: HTMLTextAreaElement): void {
  if (CSS.supports("field-sizing", "content")) return;
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight}px`;
}
