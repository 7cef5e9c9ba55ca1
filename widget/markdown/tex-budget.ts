/** Commands that define others. With them, a few hundred characters can expand for minutes; nothing can stop that. */
const definitions = new Set(
  "def gdef edef xdef let futurelet global long newcommand renewcommand providecommand definecolor"
    .split(" ")
    .map((name) => `\\${name}`),
);

const openers = new Set(["{", "\\left", "\\begin", "\\bgroup"]);
const closers = new Set(["}", "\\right", "\\end", "\\egroup"]);

/** Maximum nesting of groups. The renderer reads a group again at each level, and browsers measure it again. */
const maxDepth = 16;

/** Maximum number of cells in a formula. The renderer fills each row up to the length of the longest one. */
const maxCells = 1_000;

/**
 * Maximum length of a formula, in characters. An accented letter, which becomes three elements, counts as two.
 */
const maxChars = 2_000;

/** Maximum length of a formula with chemistry or units, in characters: their parser reads the rest again at each step. */
const maxChemistryChars = 500;

/** A command, a brace, a cell's end, or a comment. A brace after a backtick is skipped: it can be an argument. */
const tokens = /\\(?:[a-zA-Z@]+|[^])|`\}|[{}&]|%.*/g;

/**
 * Whether a formula can be rendered in a short time: it defines nothing, and is neither long, nor nested deeply, nor a
 * huge table.
 * @param tex the source
 */
export function isWithinBudget(tex: string): boolean {
  if (tex.normalize("NFD").length > maxChars) return false;
  let depth = 0;
  let rows = 1;
  let columns = 1;
  let maxColumns = 1;
  let areClosersKnown = true;
  for (const [token] of tex.matchAll(tokens)) {
    if (definitions.has(token)) return false;
    if ((token === "\\ce" || token === "\\pu") && tex.length > maxChemistryChars) return false;
    if (token === "\\verb" || token === "\\char") areClosersKnown = false; // a brace can be their argument
    if (token.startsWith("%")) depth += token.split("{").length - 1;
    else if (openers.has(token)) depth += 1;
    else if (closers.has(token) && areClosersKnown) depth -= 1;
    else if (token === "&") columns += 1;
    else if (token === "\\\\" || token === "\\cr" || token === "\\newline") {
      rows += 1;
      columns = 1;
    }
    maxColumns = Math.max(maxColumns, columns);
    if (depth > maxDepth || rows * maxColumns > maxCells) return false;
  }
  return true;
}
