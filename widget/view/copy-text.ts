/**
 * Writes a text to the clipboard.
 * @returns false if the page may not: the context is not secure, or the visitor denied permission
 */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false; // the text is visible and can be selected instead
  }
}
