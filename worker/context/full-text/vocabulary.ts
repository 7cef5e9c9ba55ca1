import { reverse } from "./chunk-rows.ts";
import { indexTerm, termIn, termRange } from "./index-term.ts";
import { rowsOf, sqlOn, type DocumentsDatabase, type Sql, type Statement } from "./sql.ts";
import type { VocabularyQuery } from "./text-index.ts";

/**
 * Answers queries for the terms of an assistant's collection, in one round trip to the database.
 * @returns the terms that each query found, in the order of the queries
 */
export async function askVocabulary(
  database: DocumentsDatabase,
  assistant: string,
  queries: readonly VocabularyQuery[],
): Promise<string[][]> {
  if (queries.length === 0) return [];
  const sql = sqlOn(database);
  const results = await database.batch(queries.map((query) => toStatement(sql, assistant, query)));
  return queries.map(({ kind }, index) => {
    const terms = rowsOf<{ term: string }>(results[index]).map(({ term }) => termIn(assistant, term));
    return kind === "ends" ? terms.map(reverse) : terms;
  });
}

function toStatement(sql: Sql, assistant: string, query: VocabularyQuery): Statement {
  if (query.kind === "known") {
    const terms = JSON.stringify(query.terms.map((term) => indexTerm(assistant, term)));
    return sql`SELECT index_terms.term FROM json_each(${terms}) CROSS JOIN index_terms ON index_terms.term = value`;
  }
  const isBeginning = query.kind === "begins";
  const { from, to } = termRange(assistant, isBeginning ? query.letters : reverse(query.letters));
  return isBeginning
    ? sql`SELECT term FROM index_terms WHERE term >= ${from} AND term < ${to} LIMIT ${query.limit}`
    : sql`SELECT term FROM reversed_terms WHERE term >= ${from} AND term < ${to} LIMIT ${query.limit}`;
}
