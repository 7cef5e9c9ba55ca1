import { plural } from "../strings/plural.ts";
import type { SpokenStrings } from "../strings/strings.ts";

const lines = plural("en", { one: "# line", other: "# lines" });
const columns = plural("en", { one: "# column", other: "# columns" });
const rows = plural("en", { one: "# row", other: "# rows" });

/** English. */
export const english: SpokenStrings = {
  answered: "The answer is there.",
  heading: "Heading:",
  taskDone: "Done:",
  taskOpen: "To do:",
  footnote: (label) => `Footnote ${label}:`,
  formula: "formula",
  code: (count, language) => ["Code", lines(count), language].filter(Boolean).join(", "),
  table: (columnCount, rowCount) => `Table, ${columns(columnCount)}, ${rows(rowCount)}`,
};
