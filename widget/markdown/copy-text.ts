/**
 * Writes a text to the clipboard.
 * @param root the chat's root, which holds a field for a moment where the page has no clipboard
 * @returns false if the page may not write to it
 */
export async function copyText(text: string, root: Node): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const fallback = await import("./copy-by-selection.ts").catch(() => undefined);
    return fallback?.copyBySelection({ "text/plain": text }, root) ?? false;
  }
}
