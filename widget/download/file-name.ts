/** How long a title may be in a file's name, in bytes of UTF-8. File systems allow 255 for the whole name, some 143. */
const maxTitleBytes = 100;

/**
 * Characters that Windows does not allow in a file's name, and control and direction characters, which can disguise it.
 */
const notInNames = /[<>:"/\\|?*\p{C}\p{Zl}\p{Zp}]+/gu;

/**
 * A file's name that is safe on all systems, as in `2026-11-26 Opening hours.md`. The date comes first, so that no title
 * makes a name that is hidden or reserved, such as `con`.
 * @param time in milliseconds since the epoch
 * @param extension without its dot
 */
export function fileName(title: string, time: number, extension: string): string {
  const words = title.normalize("NFC").replaceAll(notInNames, " ").replaceAll(/\s+/g, " ").trim();
  const name = `${localDate(time)} ${withinBytes(words)}`.replace(/[\s.]+$/, "");
  return `${name}.${extension}`;
}

/** The date on the visitor's calendar, as in `2026-11-26`. */
function localDate(time: number): string {
  const date = new Date(time);
  const parts = [date.getFullYear(), date.getMonth() + 1, date.getDate()];
  return parts.map((part) => String(part).padStart(2, "0")).join("-");
}

function withinBytes(text: string): string {
  let kept = "";
  let bytes = 0;
  for (const character of text) {
    bytes += new TextEncoder().encode(character).length;
    if (bytes > maxTitleBytes) return kept;
    kept += character;
  }
  return kept;
}
