import { compoundParts, splitCompound, writesCompounds } from "../text/compounds.ts";
import { nearTerms } from "../text/near-terms.ts";
import { reverse } from "./chunk-rows.ts";
import { indexTerm, termIn, termRange } from "./index-term.ts";
import { rowsOf, sqlOn, type DocumentsDatabase, type Sql, type Statement } from "./sql.ts";

/** Terms of a collection that a question's term may mean. */
export interface RelatedTerms {
  /** What it is an error of, with how sure that is: from 0 to 1. */
  near: Map<string, number>;
  /** The words that it is made of. */
  parts: string[];
  /** Compounds that begin or end with it. */
  compounds: string[];
}

/** Bounds of one look-up. A question with more unknown or compound words than this is searched without the others. */
const maxUnknown = 5;
const maxTerms = 8;
/** How many terms with the same beginning, or the same end, are compared with an unknown one. */
const maxCompared = 250;
/** How many compounds are looked at per word and side. */
const maxCompounds = 12;
/** Shorter words are part of too many others. */
const minWordInCompound = 4;

/** How sure it is that an unknown word is an error of one that it differs from by one or two letters. */
const sureness = [1, 0.85, 0.7] as const;

/**
 * Looks up, in one round trip, what the terms of a question may mean in an assistant's collection.
 * @param known whether the collection has a term as it is
 */
export async function findRelatedTerms(
  database: DocumentsDatabase,
  { assistant, language }: { assistant: string; language: string },
  terms: readonly string[],
  known: (term: string) => boolean,
): Promise<Map<string, RelatedTerms>> {
  const sql = sqlOn(database);
  const unknown = longest(terms.filter((term) => !known(term)), maxUnknown);
  const words = writesCompounds(language) ? longest(terms, maxTerms) : [];
  const possibleParts = words.flatMap((term) => compoundParts(term, language));
  const inCompounds = words.filter((term) => term.length >= minWordInCompound);
  const statements = [
    lookUp(sql, assistant, possibleParts),
    ...unknown.flatMap((term) => {
      const half = Math.floor(term.length / 2);
      return [beginsWith(sql, assistant, term.slice(0, half), maxCompared), endsWith(sql, assistant, term.slice(half), maxCompared)];
    }),
    ...inCompounds.flatMap((term) => [
      beginsWith(sql, assistant, term, maxCompounds),
      endsWith(sql, assistant, term, maxCompounds),
    ]),
  ];
  const results = await database.batch(statements);
  const rows = results.map((result) => rowsOf<{ term: string }>(result).map(({ term }) => termIn(assistant, term)));
  const [parts = [], ...sides] = rows;
  const twoSides = () => [...(sides.shift() ?? []), ...(sides.shift() ?? []).map(reverse)];
  const knownParts = new Set(parts);
  const near = new Map(unknown.map((term) => [term, bestOf(nearTerms(term, new Set(twoSides())))]));
  const compounds = new Map(inCompounds.map((term) => [term, twoSides().filter((each) => each !== term)]));
  return new Map(
    terms.map((term) => [
      term,
      {
        near: near.get(term) ?? new Map<string, number>(),
        parts: words.includes(term) ? splitCompound(term, (part) => knownParts.has(part), language) : [],
        compounds: compounds.get(term) ?? [],
      },
    ]),
  );
}

/** The nearest terms only: a word with one other letter is not an error of one with two others, too. */
function bestOf(near: ReturnType<typeof nearTerms>): Map<string, number> {
  const nearest = near.filter(({ distance }) => distance === near[0]?.distance).slice(0, 3);
  return new Map(nearest.map(({ term, distance }) => [term, sureness[distance] ?? 0]));
}

function longest(terms: readonly string[], count: number): string[] {
  return terms.toSorted((a, b) => b.length - a.length).slice(0, count);
}

function lookUp(sql: Sql, assistant: string, terms: readonly string[]): Statement {
  const indexed = JSON.stringify(terms.map((term) => indexTerm(assistant, term)));
  return sql`SELECT index_terms.term FROM json_each(${indexed}) CROSS JOIN index_terms ON index_terms.term = value`;
}

function beginsWith(sql: Sql, assistant: string, letters: string, limit: number): Statement {
  const { from, to } = termRange(assistant, letters);
  return sql`SELECT term FROM index_terms WHERE term >= ${from} AND term < ${to} LIMIT ${limit}`;
}

/** @returns rows of reversed terms */
function endsWith(sql: Sql, assistant: string, letters: string, limit: number): Statement {
  const { from, to } = termRange(assistant, reverse(letters));
  return sql`SELECT term FROM reversed_terms WHERE term >= ${from} AND term < ${to} LIMIT ${limit}`;
}
