import { analyze } from "../text/analyze.ts";
import { isCommonWord } from "../text/common-words.ts";
import { compoundMeanings } from "./compound-meanings.ts";
import { literalMeanings, termsOf, weigh, type Meanings } from "./meanings.ts";
import { rank, type Ranked } from "./rank.ts";
import type { Candidate, TextIndex } from "./text-index.ts";
import { withoutTypingErrors } from "./typing-errors.ts";
import { untilAborted } from "../until-aborted.ts";

/** How many different terms of a question are searched. It bounds the cost of a search. */
const maxTerms = 48;

/** If a passage has at least this score, unknown words of the question are not taken for typing errors. */
const goodScore = 0.8;

/**
 * Searches an assistant's documents: first for the terms of a question, then, if the documents have other terms that it
 * may mean, for these as well. It takes one to three rounds of requests to the database.
 * @returns passages, the best first
 * @throws the signal's reason as soon as it is aborted
 */
export async function searchDocuments(
  index: TextIndex,
  language: string,
  text: string,
  signal: AbortSignal,
): Promise<Ranked<Candidate>[]> {
  const words = wordsOf(text, language);
  const terms = [...words.keys()];
  if (terms.length === 0) return [];
  const search = async (meanings: Meanings) => {
    const { frequencies, candidates } = await index.findCandidates(termsOf(meanings));
    return { frequencies, passages: rank(weigh(meanings, frequencies, language), candidates) };
  };
  const searching = search(literalMeanings(terms));
  const [first, withCompounds] = await untilAborted(
    Promise.all([searching, compoundMeanings(index, language, terms)]),
    signal,
  );
  const isGood = first.passages.some(({ score }) => score >= goodScore);
  const known = new Set([
    ...first.frequencies.keys(),
    ...withCompounds.filter(({ size }) => size > 1).flatMap((each) => [...each.keys()]),
  ]);
  const mayBeWrong = (term: string) => !known.has(term) && !isCommonWord(term, language);
  const unknown = terms.filter(mayBeWrong).map((term) => ({ term, word: words.get(term) ?? term }));
  const meanings =
    isGood || unknown.length === 0
      ? withCompounds
      : await untilAborted(withoutTypingErrors(index, withCompounds, unknown), signal);
  if (termsOf(meanings).length === terms.length) return first.passages;
  return (await untilAborted(search(meanings), signal)).passages;
}

/** The terms of a question, each with the first word that it was made from. */
function wordsOf(text: string, language: string): Map<string, string> {
  const words = new Map<string, string>();
  for (const { term, start, end } of analyze(text, language)) {
    if (words.size === maxTerms) break;
    if (!words.has(term)) words.set(term, text.slice(start, end).toLowerCase());
  }
  return words;
}
