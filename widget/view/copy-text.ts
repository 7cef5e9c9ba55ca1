/**
 * Puts a text into the clipboard.
 * @returns false where the page may not: not a secure context, or the visitor forbade it
 */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false; // nothing to do about it; the text is shown as well
  }
}
