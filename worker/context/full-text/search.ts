import { analyze } from "../text/analyze.ts";
import { findCandidates, type Candidate } from "./candidates.ts";
import { rank, type Ranked } from "./rank.ts";
import { findRelatedTerms } from "./related-terms.ts";
import type { DocumentsDatabase } from "./sql.ts";
import { untilAborted } from "./until-aborted.ts";
import { literalMeanings, relatedMeanings, weigh, type Meanings } from "./wanted-terms.ts";

/** A passage of a document, and the share of a question that it covers. */
export type Passage = Ranked<Candidate>;

/** The words after these are left out of a search, so that its cost has a bound. */
const maxTerms = 48;

/**
 * A passage that covers this share of a question is good enough: other meanings of the question's words are not looked up.
 */
const wellCovered = 0.8;

/**
 * Searches an assistant's documents: as the question is written, then, if that finds no passage that covers nearly all of
 * it, with what its words may also mean. That are one or three round trips to the database.
 * @returns passages, the best first
 * @throws MissingTablesError if nothing has been ingested into the database yet
 * @throws the signal's reason as soon as it is aborted
 */
export async function searchDocuments(
  database: DocumentsDatabase,
  collection: { assistant: string; language: string },
  text: string,
  signal: AbortSignal,
): Promise<Passage[]> {
  const terms = [...new Set(analyze(text, collection.language).map(({ term }) => term))].slice(0, maxTerms);
  if (terms.length === 0) return [];
  const search = async (meanings: readonly Meanings[]) => {
    const found = await untilAborted(findCandidates(database, collection.assistant, termsOf(meanings)), signal);
    return { frequencies: found.frequencies, passages: rank(weigh(meanings, found.frequencies), found.candidates) };
  };
  const literal = await search(literalMeanings(terms));
  if (literal.passages.some(({ coverage }) => coverage >= wellCovered)) return literal.passages;
  const isKnown = (term: string) => literal.frequencies.has(term);
  const related = await untilAborted(findRelatedTerms(database, collection, terms, isKnown), signal);
  const meanings = relatedMeanings(related, isKnown);
  return termsOf(meanings).length > terms.length ? (await search(meanings)).passages : literal.passages;
}

function termsOf(meanings: readonly Meanings[]): string[] {
  return [...new Set(meanings.flatMap((each) => [...each.keys()]))];
}
