/** How long the browser can fetch the file after the click, in milliseconds: Safari asks the visitor first. */
const keptMs = 60_000;

/**
 * Saves a file through the browser's own download. A Content-Security-Policy for scripts or connections does not affect
 * it. In a frame whose `sandbox` lacks `allow-downloads`, the browser ignores the download, and does not tell the page.
 * @param name the file's name, with its extension
 */
export function saveFile(content: Blob, name: string): void {
  const link = document.createElement("a"); // never in the page, whose scripts would see the click
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), keptMs);
}
