/** How long a file can be fetched by the browser after the click, in milliseconds: Safari asks the visitor first. */
const keptMs = 60_000;

/**
 * Saves a file through the browser's own download. A policy for scripts or connections does not concern it, but a frame
 * whose `sandbox` lacks `allow-downloads` does: the browser then ignores it, and does not tell the page.
 * @param name with its extension
 */
export function saveFile(content: Blob, name: string): void {
  const link = document.createElement("a"); // never in the page, whose scripts would see the click
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), keptMs);
}
