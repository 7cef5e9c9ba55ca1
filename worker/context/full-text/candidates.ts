import { readTerms } from "./chunk-terms.ts";
import { indexTerm, termIn } from "./index-term.ts";
import { rowsOf, sqlOn, type DocumentsDatabase } from "./sql.ts";
import type { Candidate, Found } from "./text-index.ts";

type CandidateRow = Omit<Candidate, "headings" | "terms"> & { headings: string; terms: string };

/** How many of the index's best passages are ranked again by `rank`. With more, the same passages come first. */
const maxCandidates = 20;

/**
 * Roughly how many passages the index ranks; each takes 1 to 2 µs. A question's rarest terms are searched, as long as
 * they occur in at most this many passages in total. Of the remaining terms, only the two rarest are searched, for
 * passages that contain both.
 */
const maxRanked = 1000;

/**
 * Finds the passages of an assistant that fit some terms best, by BM25, in one round trip to the database.
 * @param terms without duplicates
 */
export async function findCandidates(
  database: DocumentsDatabase,
  assistant: string,
  terms: readonly string[],
): Promise<Found> {
  const sql = sqlOn(database);
  const everyChunk = indexTerm(assistant, "");
  const indexed = terms.map((term) => indexTerm(assistant, term));
  const [frequencies, candidates] = await database.batch([
    sql`
      SELECT index_terms.term, doc
      FROM json_each(${JSON.stringify([everyChunk, ...indexed])}) CROSS JOIN index_terms ON index_terms.term = value`,
    // The index itself sorts by rank. Its rows are read one by one until there are enough from current versions.
    sql`
      WITH found AS (
        SELECT '"' || index_terms.term || '"' AS term, sum(doc) OVER (ORDER BY doc, index_terms.term) AS reach
        FROM json_each(${JSON.stringify(indexed)}) CROSS JOIN index_terms ON index_terms.term = value
      ),
      rare AS (SELECT term FROM found WHERE reach <= ${maxRanked}),
      common AS (SELECT term FROM found WHERE reach > ${maxRanked} ORDER BY reach LIMIT 2),
      searched AS (
        SELECT term FROM rare
        UNION ALL
        SELECT '(' || group_concat(term, ' AND ') || ')' FROM common
        HAVING count(*) = 2 OR (count(*) = 1 AND NOT EXISTS (SELECT 1 FROM rare))
      )
      SELECT path, position, documents.title, url, chunks.headings, anchor, chunks.content, terms
      FROM chunk_index
      CROSS JOIN chunks ON chunks.id = chunk_index.rowid
      CROSS JOIN documents ON documents.id = document AND documents.version = chunks.version
      WHERE chunk_index MATCH (SELECT coalesce(group_concat(term, ' OR '), '""') FROM searched) AND rank MATCH 'bm25(2.0, 1.5, 1.0)'
        AND assistant = ${assistant}
      ORDER BY rank LIMIT ${maxCandidates}`,
  ]);
  return {
    frequencies: new Map(
      rowsOf<{ term: string; doc: number }>(frequencies).map(({ term, doc }) => [termIn(assistant, term), doc]),
    ),
    candidates: rowsOf<CandidateRow>(candidates).map((row) => {
      const headings: unknown = JSON.parse(row.headings);
      return { ...row, headings: Array.isArray(headings) ? headings.map(String) : [], terms: readTerms(row.terms) };
    }),
  };
}
