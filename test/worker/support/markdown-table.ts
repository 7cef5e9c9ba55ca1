/**
 * Reads the table of a Markdown document whose header row contains `inHead`. Backquotes around a cell are removed.
 * @returns its rows, without the header
 */
export function rowsOf(markdown: string, inHead: string): string[][] {
  const lines = markdown.split("\n");
  const head = lines.findIndex((line) => line.startsWith("|") && line.includes(inHead));
  if (head < 0) throw new Error(`no table with ${inHead}`);
  const rest = lines.slice(head + 2);
  const end = rest.findIndex((line) => !line.startsWith("|"));
  return rest.slice(0, end < 0 ? undefined : end).map((line) =>
    line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim().replace(/^`(.*)`$/, "$1")),
  );
}
