import { analyze } from "../text/analyze.ts";

/**
 * The version of the analysis. Raise it when `analyze` returns other terms than before. The next ingestion then writes
 * all documents again.
 */
const analysisVersion = 1;

/** The fields of a chunk that are searched. */
export const fields = ["title", "headings", "content"] as const;

/** One of {@link fields}. */
export type Field = (typeof fields)[number];

/** The terms of each field, in their order in the text. */
export type FieldTerms = Readonly<Record<Field, readonly string[]>>;

/** Identifies how texts in a language are analyzed. Terms that were made with another value are out of date. */
export function analysisOf(language: string): string {
  return `${language} ${analysisVersion}`;
}

/** The terms that a chunk is found by. */
export function chunkTerms(
  { title, headings, content }: { title: string; headings: readonly string[]; content: string },
  language: string,
): FieldTerms {
  const termsOf = (text: string) => analyze(text, language).map(({ term }) => term);
  return { title: termsOf(title), headings: headings.flatMap(termsOf), content: termsOf(content) };
}

/** Writes the terms of a chunk as one text: a line for each field. Terms have no white space. */
export function writeTerms(terms: FieldTerms): string {
  return fields.map((field) => terms[field].join(" ")).join("\n");
}

/** Reads what {@link writeTerms} wrote. */
export function readTerms(text: string): FieldTerms {
  const lines = text.split("\n").map((line) => (line === "" ? [] : line.split(" ")));
  const [title = [], headings = [], content = []] = lines;
  return { title, headings, content };
}
