import { chunkTerms, fields, writeTerms, type Field, type FieldTerms } from "../full-text/chunk-terms.ts";
import type { StoredChunk, StoredDocument } from "../ingestion-store.ts";

/** A chunk as the tables store it. */
export interface ChunkRow {
  position: number;
  headings: string;
  anchor: string | undefined;
  content: string;
  field_terms: string;
  terms: string;
  embedding?: string;
}

/** Roughly how much text one statement writes, in UTF-16 units. */
const maxPartChars = 2_000_000;

const weights: Readonly<Record<Field, string>> = { title: "A", headings: "B", content: "D" };

/** Makes the rows of a document. @param vectors one per chunk; an empty list if there are no embeddings */
export function chunkRows(
  { title, chunks }: StoredDocument,
  language: string,
  vectors: readonly (readonly number[])[],
): ChunkRow[] {
  return chunks.map(({ headings, anchor, content }, position) => {
    const terms = chunkTerms({ title, headings, content }, language);
    const vector = vectors[position];
    return {
      position,
      headings: clean(JSON.stringify(headings)),
      anchor: anchor === undefined ? undefined : clean(anchor),
      content: clean(content),
      field_terms: writeTerms(terms),
      terms: toTsvector(terms),
      ...(vector === undefined ? {} : { embedding: writeVector(vector) }),
    };
  });
}

/** Splits rows into parts that are small enough for one statement to write. @returns one JSON array per part */
export function inParts(rows: readonly ChunkRow[]): string[] {
  const parts: string[][] = [];
  let room = 0;
  for (const row of rows) {
    const json = JSON.stringify(row);
    if (json.length > room) {
      parts.push([]);
      room = maxPartChars;
    }
    parts.at(-1)?.push(json);
    room -= json.length;
  }
  return parts.map((part) => `[${part.join(",")}]`);
}

/** The text of a chunk that is embedded. It begins with title and headings, which say what the chunk is about. */
export function embeddedText(title: string, { headings, content }: StoredChunk): string {
  const above = headings[0] === title ? headings : [title, ...headings];
  return `${above.join(" › ")}\n\n${content}`;
}

/** How many of the chunks have each term. The empty term counts all of them. */
export function countTerms(rows: readonly ChunkRow[]): Map<string, number> {
  const counts = new Map([["", rows.length]]);
  for (const { field_terms } of rows) {
    const terms = new Set(field_terms.split(/[ \n]/).filter((term) => term !== ""));
    for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1);
  }
  return counts;
}

/** Writes a vector as pgvector reads it. */
export function writeVector(vector: readonly number[]): string {
  return `[${vector.join(",")}]`;
}

/** Writes a term in a `tsvector` or `tsquery`. */
export function lexeme(term: string): string {
  return `'${term.replaceAll("\\", "\\\\").replaceAll("'", "''")}'`;
}

/** Numbers the terms consecutively across all fields, so that no two terms have the same place. */
function toTsvector(terms: FieldTerms): string {
  const places = new Map<string, string[]>();
  let place = 0;
  for (const field of fields) {
    for (const term of terms[field]) {
      place += 1;
      const known = places.get(term) ?? [];
      known.push(`${place}${weights[field]}`);
      places.set(term, known);
    }
  }
  return Array.from(places, ([term, at]) => `${lexeme(term)}:${at.join(",")}`).join(" ");
}

/** Removes what text in Postgres cannot contain: the character U+0000, and halves of surrogate pairs. */
export function clean(text: string): string {
  return text.replaceAll("\0", "").toWellFormed();
}
