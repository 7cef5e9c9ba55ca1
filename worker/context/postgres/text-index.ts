import { readTerms } from "../full-text/chunk-terms.ts";
import { rarity } from "../full-text/rank.ts";
import type { Candidate, Found, TextIndex, VocabularyQuery } from "../full-text/text-index.ts";
import { lexeme } from "./chunk-rows.ts";
import type { PostgresConnection } from "./connection.ts";
import { sql } from "./sql.ts";

/** How many of the passages that Postgres ranks best are ranked again by `rank`. */
const maxCandidates = 30;

/**
 * Roughly how many passages Postgres ranks. A question's rarest terms are searched, as long as they occur in at most
 * this many passages in total. Of the remaining terms, only the two rarest are searched, for passages that contain
 * both.
 */
const maxRanked = 2000;

/**
 * How much a term counts in each field, in the order of `ts_rank`: D (content), C (unused), B (headings), A (title).
 */
const fieldWeights = "{0.5, 0, 0.75, 1}";

/** The last Unicode character. All terms that begin with given letters sort before the letters followed by it. */
const last = "\u{10ffff}";

type CandidateRow = Omit<Candidate, "headings" | "terms"> & { headings: string; field_terms: string };

/** The index of an assistant's documents in Postgres. Use it in a transaction. */
export function indexInPostgres(connection: PostgresConnection, assistant: string): TextIndex {
  return {
    async findCandidates(terms) {
      const counted = await connection.query<{ term: string; chunks: string }>(sql`
        SELECT term, chunks FROM rivulet_chat.vocabulary
        WHERE assistant = ${assistant} AND term = ANY (${["", ...terms]}::text[]) AND chunks > 0`);
      const frequencies = new Map(counted.map(({ term, chunks }) => [term, Number(chunks)]));
      const query = chooseTerms(terms, frequencies);
      return {
        frequencies,
        candidates: query === "" ? [] : await rankTerms(connection, assistant, query, frequencies),
      };
    },

    async askVocabulary(queries) {
      if (queries.length === 0) return [];
      const asked = JSON.stringify(queries.map((query, at) => ({ at, ...rangeOf(query) })));
      const most = Math.max(1, ...queries.map((query) => (query.kind === "known" ? query.terms.length : query.limit)));
      const rows = await connection.query<{ at: number; term: string }>(sql`
        SELECT asked.at, found.term
        FROM json_to_recordset(${asked}::json) AS asked (at INTEGER, kind TEXT, low TEXT, high TEXT, terms TEXT[])
        CROSS JOIN LATERAL (
          (SELECT term FROM rivulet_chat.vocabulary
            WHERE kind = 'begins' AND assistant = ${assistant} AND term >= low AND term < high AND chunks > 0 LIMIT ${most})
          UNION ALL
          (SELECT term FROM rivulet_chat.vocabulary
            WHERE kind = 'ends' AND assistant = ${assistant} AND reversed >= low AND reversed < high AND chunks > 0
            LIMIT ${most})
          UNION ALL
          (SELECT term FROM rivulet_chat.vocabulary
            WHERE kind = 'known' AND assistant = ${assistant} AND term = ANY (terms) AND chunks > 0)
        ) AS found`);
      const found = queries.map((): string[] => []);
      for (const { at, term } of rows) if (term !== "") found[at]?.push(term);
      return found;
    },
  };
}

function rangeOf(query: VocabularyQuery): object {
  if (query.kind === "known") return query;
  const letters = query.kind === "begins" ? query.letters : Array.from(query.letters).toReversed().join("");
  return { kind: query.kind, low: letters, high: letters + last };
}

/** Writes a `tsquery` that selects the passages to rank. @returns an empty string if no passage has any of the terms */
function chooseTerms(terms: readonly string[], frequencies: Found["frequencies"]): string {
  const known = terms
    .flatMap((term) => (frequencies.has(term) ? [{ term, chunks: frequencies.get(term) ?? 0 }] : []))
    .toSorted((a, b) => a.chunks - b.chunks);
  let reach = 0;
  const rare = known.filter(({ chunks }) => (reach += chunks) <= maxRanked);
  const common = known.slice(rare.length, rare.length + 2);
  const parts = rare.map(({ term }) => lexeme(term));
  const both = `(${common.map(({ term }) => lexeme(term)).join(" & ")})`;
  if (common.length === 2 || (common.length === 1 && rare.length === 0)) parts.push(both);
  return parts.join(" | ");
}

async function rankTerms(
  connection: PostgresConnection,
  assistant: string,
  query: string,
  frequencies: Found["frequencies"],
): Promise<Candidate[]> {
  const all = frequencies.get("") ?? 0;
  const weighed = [...frequencies].filter(([term]) => term !== "");
  const rows = await connection.query<CandidateRow>(sql`
    SELECT path, position, documents.title, url, headings, anchor, content, field_terms
    FROM (
      SELECT chunks.*, (
        SELECT sum(weight * ts_rank(${fieldWeights}::float4[], chunks.terms, term, 1))
        FROM unnest(
          ${weighed.map(([term]) => lexeme(term))}::text[]::tsquery[],
          ${weighed.map(([, chunks]) => rarity(chunks, all))}::float4[]
        ) AS weighed (term, weight)
      ) AS fit
      FROM rivulet_chat.chunks
      WHERE assistant = ${assistant} AND terms @@ ${query}::tsquery
      ORDER BY fit DESC LIMIT ${maxCandidates}
    ) AS best
    JOIN rivulet_chat.documents ON documents.id = document
    ORDER BY fit DESC, path, position`);
  return rows.map(({ field_terms, ...row }) => ({
    ...row,
    headings: readHeadings(row.headings),
    terms: readTerms(field_terms),
  }));
}

/** Reads the headings of a chunk as the store has written them. */
export function readHeadings(json: string): string[] {
  const headings: unknown = JSON.parse(json);
  return Array.isArray(headings) ? headings.map(String) : [];
}
