/** Collapses the white space of an HTML text, except for line breaks, and removes invisible characters. */
export function collapse(text: string): string {
  return text
    .replaceAll(/[\u00ad\u200b\u2060\ufeff]/g, "") // soft hyphens, zero-width spaces, word joiners and byte order marks
    .replaceAll(/[^\S\n]+/g, " ")
    .replaceAll(/ ?\n ?/g, "\n")
    .trim();
}

/** A code block. The fence is longer than every run of backticks in the code. */
export function fenced(code: string, language = ""): string {
  const longest = Math.max(2, ...[...code.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}\n${code.replace(/^\n+|\s+$/g, "")}\n${fence}`;
}

/** A table as in Markdown. @param rows at least one; the first one is its head */
export function pipeTable(rows: readonly (readonly string[])[]): string {
  const width = Math.max(...rows.map((row) => row.length));
  const write = (row: readonly string[]) =>
    `| ${Array.from({ length: width }, (_, at) => (row[at] ?? "").replaceAll("|", String.raw`\|`)).join(" | ")} |`;
  const [head = [], ...body] = rows;
  return [write(head), `|${" --- |".repeat(width)}`, ...body.map(write)].join("\n");
}
