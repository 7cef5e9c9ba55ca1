import type { StoredDocument } from "../ingestion-store.ts";
import { chunkTerms, writeTerms, type Field } from "./chunk-terms.ts";
import { indexTerm } from "./index-term.ts";

/** A chunk as the tables store it. */
export interface ChunkRow {
  /** Its row in `chunks`. */
  chunk: { position: number; headings: string; anchor: string | undefined; content: string; terms: string };
  /** Its row in `chunk_index`, by column, and the position of the chunk that the row belongs to. */
  index: { position: number } & Record<Field, string>;
}

/**
 * Roughly how much text one statement writes, in UTF-16 units. A bound value can have at most 2 MB, and a unit takes at
 * most 3 bytes.
 * https://developers.cloudflare.com/d1/platform/limits/
 */
const maxPartChars = 400_000;

/** Makes the rows of a document, split into parts that are small enough to be bound values of one statement each. */
export function chunkRows({ title, chunks }: StoredDocument, assistant: string, language: string): ChunkRow[][] {
  const parts: ChunkRow[][] = [];
  let room = 0;
  for (const [position, { headings, anchor, content }] of chunks.entries()) {
    const terms = chunkTerms({ title, headings, content }, language);
    const inIndex = (field: Field) => terms[field].map((term) => indexTerm(assistant, term)).join(" ");
    const row: ChunkRow = {
      chunk: { position, headings: JSON.stringify(headings), anchor, content, terms: writeTerms(terms) },
      index: {
        position,
        // Each chunk has the empty term once: its frequency is the number of chunks.
        title: `${indexTerm(assistant, "")} ${inIndex("title")}`,
        headings: inIndex("headings"),
        content: inIndex("content"),
      },
    };
    const chars = Math.max(JSON.stringify(row.chunk).length, JSON.stringify(row.index).length);
    if (chars > room) {
      parts.push([]);
      room = maxPartChars;
    }
    parts.at(-1)?.push(row);
    room -= chars;
  }
  return parts;
}

/** The terms of the chunks as the index stores them, each once and spelled from its last letter to its first. */
export function reversedTerms(rows: readonly ChunkRow[], assistant: string): string[] {
  const terms = rows.flatMap(({ chunk }) => chunk.terms.split(/[ \n]/));
  const reversed = Array.from(new Set(terms), (term) => indexTerm(assistant, reverse(term)));
  return reversed;
}

/** Writes a word from its last character to its first. */
export function reverse(word: string): string {
  return [...word].reverse().join("");
}
