/**
 * Copies as a visitor would: by selecting. Pages without https have no `navigator.clipboard`, and a frame from another
 * site may not use it unless its `allow` has `clipboard-write`.
 * @param parts the content by media type, which always includes `text/plain`
 * @param root the chat's root, which contains the selected field for a moment
 * @returns whether the browser has copied
 */
export function copyBySelection(parts: Readonly<Record<string, string>>, root: Node): boolean {
  const field = document.createElement("textarea");
  const focused = root instanceof ShadowRoot ? root.activeElement : document.activeElement;
  field.className = "visually-hidden";
  field.readOnly = true; // on a phone, no keyboard opens
  field.value = parts["text/plain"] ?? "";
  field.addEventListener("copy", (event) => {
    event.stopPropagation();
    event.preventDefault(); // what the handler sets is copied instead of the selection
    for (const [type, text] of Object.entries(parts)) event.clipboardData?.setData(type, text);
  });
  root.appendChild(field);
  field.focus({ preventScroll: true });
  field.select();
  try {
    return document.execCommand("copy"); // deprecated, and the only way in such pages
  } catch {
    return false;
  } finally {
    field.remove();
    if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
  }
}
