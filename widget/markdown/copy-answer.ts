/**
 * Copies an answer: as Markdown for editors of text, as rich text for all others.
 * @param answer the element that shows it
 * @param markdown its source
 * @throws a DOMException where the page may not write to the clipboard
 */
export async function copyAnswer(answer: Element, markdown: string): Promise<void> {
  const { clipboard } = navigator;
  if (typeof ClipboardItem !== "function") return clipboard.writeText(markdown);
  const parts = { "text/plain": markdown, "text/html": richText(answer) };
  const blobs = Object.entries(parts).map(([type, text]) => [type, new Blob([text], { type })] as const);
  await clipboard.write([new ClipboardItem(Object.fromEntries(blobs))]);
}

/**
 * An answer as HTML for the clipboard, marked as made by a machine. It is text that leaves the page, and never one that
 * comes in.
 * @param answer the element that shows it
 */
export function richText(answer: Element): string {
  const copy = document.createElement("div");
  copy.append(...[...answer.childNodes].map((node) => node.cloneNode(true)));
  copy.setAttribute("data-ai-generated", "true");
  for (const part of copy.querySelectorAll("div.part")) part.replaceWith(...part.childNodes);
  for (const frame of copy.querySelectorAll("div.code, div.table"))
    frame.replaceWith(...frame.querySelectorAll("pre, table"));
  for (const reference of copy.querySelectorAll("button.note-reference")) {
    const raised = document.createElement("sup");
    raised.textContent = reference.textContent;
    reference.replaceWith(raised);
  }
  for (const element of copy.querySelectorAll("*")) {
    // a style, too: the browser reads what is copied under the page's policy, which may have none of it inline
    for (const name of ["class", "part", "style", "tabindex", "data-math", "data-note", "data-short", "aria-label"])
      element.removeAttribute(name);
  }
  return new XMLSerializer().serializeToString(copy);
}
