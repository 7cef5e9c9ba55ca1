import type { FieldTerms } from "./chunk-terms.ts";

/** Something that a question asks for. */
export interface WantedTerm {
  /** How much it counts: the rarer it is, the more. */
  weight: number;
  /** The terms that may stand for it, and how sure that is, from 0 to 1. Empty if the collection has no word for it. */
  meanings: ReadonlyMap<string, number>;
}

/** A passage and how well it fits. */
export interface Ranked<Passage> {
  passage: Passage;
  /**
   * From 0 to 1: the share of the question that the passage covers. Words that no document has are not covered. Words
   * in title or headings, and words that stand close together, add to it.
   */
  score: number;
}

/*
 * Constants of BM25F: how fast repetitions of a term lose their value, and how much a passage's length counts against
 * it. A word in a title counts like two in the content. All numbers here were chosen on the Cranfield collection.
 */
const repetition = 2;
const lengthShare = 0.85;
const fieldWeights: Readonly<Record<keyof FieldTerms, number>> = { title: 2, headings: 1.5, content: 1 };

/** How much neighboring words of a question add to a passage's rank, and how many terms apart they may be. */
const nearWeight = 0.3;
const nearTerms = 8;

/**
 * How much a question's words add to a passage's score if they are in its title or headings, and if they stand close
 * together.
 */
const scoreOfTitle = 0.15;
const scoreOfNearness = 0.5;

/**
 * Smaller collections are weighed as if they had this many passages. In a small collection, nearly every word is in
 * most passages or in none.
 */
export const minChunks = 100;

/**
 * How many of the best passages describe the question's topic, how many of their words are used for it, and how much
 * these words count.
 */
const exemplaryPassages = 3;
const topicTerms = 20;
const topicWeight = 0.4;

/** How much a term says about a passage: its inverse document frequency, as defined by BM25. */
export function rarity(chunksWithIt: number, allChunks: number): number {
  const all = Math.max(minChunks, allChunks);
  return Math.log(1 + (all - chunksWithIt + 0.5) / (chunksWithIt + 0.5));
}

/**
 * Sorts passages by how well they fit a question. Its words count more if they are rare, in the title, repeated or near
 * each other. Passages that also have the words that set the best passages apart then move up.
 */
export function rank<Passage extends { terms: FieldTerms }>(
  wanted: readonly WantedTerm[],
  passages: readonly Passage[],
): Ranked<Passage>[] {
  const meanLength = passages.reduce((sum, { terms }) => sum + terms.content.length, 0) / passages.length;
  const weighed = passages.map((passage) => {
    const counted = countTerms(passage.terms, meanLength);
    const near = nearness(wanted, passage.terms.content);
    const titled = coverage(wanted, new Set([...passage.terms.title, ...passage.terms.headings]));
    return {
      passage,
      counted,
      order: fit(wanted, counted) + nearWeight * near,
      score: Math.min(1, coverage(wanted, counted.counts) + scoreOfTitle * titled + scoreOfNearness * near),
    };
  });
  const best = weighed.toSorted((a, b) => b.order - a.order).slice(0, exemplaryPassages);
  const topic = findTopic(wanted, best, weighed);
  for (const each of weighed) each.order += topicWeight * fit(topic, each.counted);
  return weighed.sort((a, b) => b.order - a.order).map(({ passage, score }) => ({ passage, score }));
}

interface CountedTerms {
  counts: ReadonlyMap<string, number>;
  /** The count at which a term reaches half of its maximum worth. */
  half: number;
}

function countTerms(terms: FieldTerms, meanLength: number): CountedTerms {
  const counts = new Map<string, number>();
  for (const field of ["title", "headings", "content"] as const) {
    for (const term of terms[field]) counts.set(term, (counts.get(term) ?? 0) + fieldWeights[field]);
  }
  return {
    counts,
    half: repetition * (1 - lengthShare + (lengthShare * terms.content.length) / Math.max(1, meanLength)),
  };
}

/** The BM25 score, as a share of its maximum. */
function fit(wanted: readonly WantedTerm[], { counts, half }: CountedTerms): number {
  return share(wanted, (term) => {
    const count = counts.get(term) ?? 0;
    return count / (count + half);
  });
}

function coverage(wanted: readonly WantedTerm[], terms: { has(term: string): boolean }): number {
  return share(wanted, (term) => (terms.has(term) ? 1 : 0));
}

/**
 * How much of the total weight of the wanted terms is reached, from 0 to 1.
 * @param worth how far a term counts as found, from 0 to 1
 */
function share(wanted: readonly WantedTerm[], worth: (term: string) => number): number {
  let all = 0;
  let got = 0;
  for (const { weight, meanings } of wanted) {
    let best = 0;
    for (const [term, sureness] of meanings) best = Math.max(best, sureness * worth(term));
    all += weight;
    got += weight * best;
  }
  return all === 0 ? 0 : got / all;
}

/** How close the question's words stand to each other in a passage's content, weighted by how rare they are. */
function nearness(wanted: readonly WantedTerm[], content: readonly string[]): number {
  const wantedBy = new Map<string, WantedTerm>();
  for (const each of wanted) for (const term of each.meanings.keys()) wantedBy.set(term, each);
  const pairs = new Map<WantedTerm, Map<WantedTerm, number>>();
  let last: { wanted: WantedTerm; at: number } | undefined;
  for (const [at, term] of content.entries()) {
    const current = wantedBy.get(term);
    if (!current) continue;
    if (last && last.wanted !== current && at - last.at <= nearTerms) {
      const known = pairs.get(last.wanted) ?? new Map<WantedTerm, number>();
      pairs.set(last.wanted, known.set(current, Math.max(known.get(current) ?? 0, 1 / (at - last.at))));
    }
    last = { wanted: current, at };
  }
  let near = 0;
  for (const [one, others] of pairs) {
    for (const [other, closeness] of others) near += closeness * Math.min(one.weight, other.weight);
  }
  const all = wanted.reduce((sum, { weight }) => sum + weight, 0);
  return all === 0 ? 0 : near / all;
}

/** The words that set the best passages apart from the others, other than the question's own. */
function findTopic(
  wanted: readonly WantedTerm[],
  best: readonly { counted: CountedTerms; order: number }[],
  all: readonly { counted: CountedTerms }[],
): WantedTerm[] {
  const asked = new Set(wanted.flatMap(({ meanings }) => [...meanings.keys()]));
  const passagesWith = new Map<string, number>();
  for (const { counted } of all) {
    for (const term of counted.counts.keys()) passagesWith.set(term, (passagesWith.get(term) ?? 0) + 1);
  }
  const weights = new Map<string, number>();
  for (const { counted, order } of best) {
    for (const [term, count] of counted.counts) {
      if (asked.has(term)) continue;
      const apart = Math.log(1 + all.length / (passagesWith.get(term) ?? 1));
      weights.set(term, (weights.get(term) ?? 0) + order * (count / (count + repetition)) * apart);
    }
  }
  const heaviest = [...weights].sort(([, a], [, b]) => b - a).slice(0, topicTerms);
  return heaviest.map(([term, weight]) => ({ weight, meanings: new Map([[term, 1]]) }));
}
