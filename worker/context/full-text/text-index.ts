import type { FieldTerms } from "./chunk-terms.ts";

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

/** What the index says about some terms. */
export interface Found {
  candidates: Candidate[];
  /** How many chunks have each term. A term that none has is not there; the empty term is in all chunks. */
  frequencies: ReadonlyMap<string, number>;
}

/** A question about the terms of a collection. */
export type VocabularyQuery =
  | { kind: "known"; terms: readonly string[] }
  | { kind: "begins" | "ends"; letters: string; limit: number };

/** The terms and passages of one assistant's documents, in whatever database they are. */
export interface TextIndex {
  /**
   * Finds the passages that fit some terms best.
   * @param terms without duplicates
   */
  findCandidates(terms: readonly string[]): Promise<Found>;
  /** @returns the terms for each question */
  askVocabulary(queries: readonly VocabularyQuery[]): Promise<string[][]>;
}
