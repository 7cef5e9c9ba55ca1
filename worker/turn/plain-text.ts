/**
 * Removes the most common marks of Markdown, so that a quote reads like the page that it comes from. The cells of a
 * table are separated by dots.
 */
export function plainText(markdown: string): string {
  const lines = markdown.split("\n").filter((line) => !/^[\s|:-]*-[\s|:-]*$/.test(line)); // delimiter rows and rules
  return lines
    .map((line) => (line.trimStart().startsWith("|") ? joinCells(line) : line))
    .map((line) => line.replace(/^\s*(?:#{1,6}|>|[-*+]|\d{1,3}[.)])\s+/, ""))
    .join(" ")
    .replaceAll(/!?\[([^\][]*)\]\([^()\s]*\)/g, "$1")
    .replaceAll(/\*\*|__|~~|`+/g, "")
    .replaceAll(/\s+/g, " ")
    .trim();
}

function joinCells(row: string): string {
  const cells = row.split("|").map((cell) => cell.trim());
  return cells.filter((cell) => cell !== "").join(" · ");
}
