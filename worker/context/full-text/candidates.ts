import { readTerms, type FieldTerms } from "./chunk-terms.ts";
import { indexTerm, termIn } from "./index-term.ts";
import { rowsOf, sqlOn, type DocumentsDatabase } from "./sql.ts";

/** A passage that has some of the terms that were searched. */
export interface Candidate {
  path: string;
  position: number;
  title: string;
  url: string | null;
  headings: string[];
  anchor: string | null;
  content: string;
  terms: FieldTerms;
}

type CandidateRow = Omit<Candidate, "headings" | "terms"> & { headings: string; terms: string };

/** What the index says about some terms. */
export interface Found {
  candidates: Candidate[];
  /** How many chunks have each term. A term that none has is not there; the empty term is in all chunks. */
  frequencies: ReadonlyMap<string, number>;
}

/** How many passages are ranked again. More of them find next to nothing: `docs/context.md` has the figures. */
const maxCandidates = 50;

/**
 * Finds the passages of an assistant that fit some terms best, by BM25, in one round trip to the database.
 * @param terms without duplicates
 */
export async function findCandidates(database: DocumentsDatabase, assistant: string, terms: readonly string[]): Promise<Found> {
  const sql = sqlOn(database);
  const indexed = terms.map((term) => indexTerm(assistant, term));
  const looked = JSON.stringify([indexTerm(assistant, ""), ...indexed]);
  const [frequencies, candidates] = await database.batch([
    sql`SELECT index_terms.term, doc FROM json_each(${looked}) CROSS JOIN index_terms ON index_terms.term = value`,
    // The index sorts by rank itself and stops at the limit, so only that many rows are read from the tables.
    sql`
      SELECT path, position, title, url, chunks.headings, anchor, chunks.content, terms
      FROM (
        SELECT rowid FROM chunk_index
        WHERE chunk_index MATCH ${indexed.map((term) => `"${term}"`).join(" OR ")} AND rank MATCH 'bm25(2.0, 1.5, 1.0)'
        ORDER BY rank LIMIT ${maxCandidates}
      ) AS found
      CROSS JOIN chunks ON chunks.id = found.rowid
      CROSS JOIN documents ON documents.id = document AND documents.version = chunks.version
      WHERE assistant = ${assistant}`,
  ]);
  return {
    frequencies: new Map(
      rowsOf<{ term: string; doc: number }>(frequencies).map(({ term, doc }) => [termIn(assistant, term), doc]),
    ),
    candidates: rowsOf<CandidateRow>(candidates).map((row) => ({
      ...row,
      headings: JSON.parse(row.headings),
      terms: readTerms(row.terms),
    })),
  };
}
