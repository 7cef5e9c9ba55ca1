/**
 * Copies a text. The code that can do so in every page loads with the first one.
 * @param root the chat's root, which holds a field for a moment where the page has no clipboard
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
