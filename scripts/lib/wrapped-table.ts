/** Characters that take two columns of a terminal. */
const wide = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\u3000-\u303f\uff01-\uff60\p{Emoji_Presentation}]/u;
/** Characters that take no column, because they are part of the one before. */
const combining = /\p{M}|\u200d|\ufe0f/u;

const gap = "  ";

/**
 * Writes a table whose cells are wrapped to the width of their column, with an empty line between the rows.
 * @param widths of the columns, in characters of a terminal
 */
export function wrappedTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  widths: readonly number[],
): string {
  const lines = rows.map((row) => writeRow(row, widths));
  return [writeRow(head, widths), widths.map((width) => "─".repeat(width)).join(gap), lines.join("\n\n")].join("\n");
}

function writeRow(row: readonly string[], widths: readonly number[]): string {
  const cells = row.map((cell, column) => wrap(cell, widths[column] ?? 1));
  const height = Math.max(...cells.map(({ length }) => length));
  const line = (_: unknown, at: number) =>
    cells
      .map((cell, column) => pad(cell[at] ?? "", widths[column] ?? 1))
      .join(gap)
      .trimEnd();
  return Array.from({ length: height }, line).join("\n");
}

/** Breaks a text at spaces. Words that are longer than a line, such as URLs, are broken anywhere. */
function wrap(text: string, width: number): string[] {
  return text.split("\n").flatMap((paragraph) => {
    const lines = [""];
    for (const word of paragraph.split(" ").flatMap((each) => pieces(each, width))) {
      const last = lines.at(-1) ?? "";
      const joined = last === "" ? word : `${last} ${word}`;
      if (widthOf(joined) <= width) lines[lines.length - 1] = joined;
      else lines.push(word);
    }
    return lines;
  });
}

function pieces(word: string, width: number): string[] {
  const found = [""];
  for (const character of word) {
    const grown = (found.at(-1) ?? "") + character;
    if (widthOf(grown) <= width) found[found.length - 1] = grown;
    else found.push(character);
  }
  return found;
}

function widthOf(text: string): number {
  return Array.from(text).reduce((sum, each) => sum + (wide.test(each) ? 2 : combining.test(each) ? 0 : 1), 0);
}

function pad(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - widthOf(text)));
}
