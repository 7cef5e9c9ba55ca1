/**
 * Copies a text. The code that can do so on every page loads with the first call.
 * @param root the chat's root, which contains a field for a moment if the page has no access to the clipboard
 * @param answer the element that shows the text, to copy it as rich text too
 * @returns false if the page may not write to the clipboard
 */
export function copyText(text: string, root: Node, answer: Element | null = null): Promise<boolean> {
  return import("./copy-answer.ts")
    .then(
      (parts) => parts.copyAnswer(text, root, answer),
      () => navigator.clipboard.writeText(text).then(() => true),
    )
    .catch(() => false);
}
