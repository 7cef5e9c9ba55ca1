import type { Citation } from "../../protocol/index.ts";
import { AnswerDocument } from "../markdown/answer-document.ts";
import { knowsFormulas } from "../markdown/formulas.ts";
import { withLineFeeds } from "../markdown/growing-text.ts";
import type { AnswerStrings } from "../markdown/render-options.ts";
import { leavesOf, lengthOf } from "./leaves.ts";

/** The place of a citation in a rendered answer. */
export interface CitedPlace {
  /** Index among the answer's leaves. */
  leaf: number;
  /** How many of the leaf's characters come before the citation, not counting white space. */
  chars: number;
}

/**
 * Finds the places of citations. The text up to a citation's position is rendered outside the page, and the citation
 * belongs at the end of the result. In this way, nothing is inserted into the text, and a place does not depend on
 * later text. Each line is rendered once, unless a citation arrives for an earlier position.
 */
export class CitationPlaces {
  readonly #strings: AnswerStrings;
  readonly #places = new Map<number, CitedPlace>();
  #rendered = "";
  #knowsFormulas = knowsFormulas();
  #container = document.createElement("div");
  #document: AnswerDocument;

  constructor(strings: AnswerStrings) {
    this.#strings = strings;
    this.#document = this.#begin();
  }

  /** The places of citations in a text, by their `at`. */
  read(content: string, citations: readonly Citation[]): ReadonlyMap<number, CitedPlace> {
    const knew = this.#knowsFormulas;
    this.#knowsFormulas = knowsFormulas();
    if (!knew && this.#knowsFormulas) this.#rendered = " "; // start over: formulas have fewer characters than their TeX
    if (!content.startsWith(this.#rendered)) this.#places.clear();
    const positions = citations.map(({ at }) => at).filter((at) => !this.#places.has(at));
    for (const at of positions.toSorted((a, b) => a - b)) this.#places.set(at, this.#placeAt(content.slice(0, at)));
    return this.#places;
  }

  #begin(): AnswerDocument {
    this.#rendered = "";
    this.#container = document.createElement("div");
    return new AnswerDocument(this.#container, { strings: this.#strings, isEnriched: false });
  }

  #placeAt(text: string): CitedPlace {
    if (!text.startsWith(this.#rendered)) this.#document = this.#begin();
    this.#rendered = text;
    this.#document.update(withLineFeeds(text), "open");
    while (this.#document.show()); // everything at once: the container is not in the page
    const lengths = leavesOf(this.#container).map(lengthOf);
    const leaf = Math.max(
      0,
      lengths.findLastIndex((length) => length > 0),
    );
    return { leaf, chars: lengths[leaf] ?? 0 };
  }
}
