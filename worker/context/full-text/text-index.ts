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

/** What the index knows about the terms of a search. */
export interface Found {
  candidates: Candidate[];
  /** How many chunks have each term. Terms that no chunk has are missing; the empty term is in all chunks. */
  frequencies: ReadonlyMap<string, number>;
}

/** A query for terms of a collection: which of `terms` it has, or which of its terms begin or end with `letters`. */
export type VocabularyQuery =
  | { kind: "known"; terms: readonly string[] }
  | { kind: "begins" | "ends"; letters: string; limit: number };

/** The terms and passages of one assistant's documents, whichever database they are in. */
export interface TextIndex {
  /**
   * Finds the passages that fit some terms best.
   * @param terms without duplicates
   */
  findCandidates(terms: readonly string[]): Promise<Found>;
  /** @returns the terms that each query found, in the order of the queries */
  askVocabulary(queries: readonly VocabularyQuery[]): Promise<string[][]>;
}
