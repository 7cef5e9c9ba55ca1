import type { Citation } from "../../protocol/index.ts";
import type { AnswerState } from "../conversation/state.ts";
import type { ViewContext } from "../view/context.ts";
import { citedBy, quotesOf } from "./cited.ts";
import { CitationPlaces } from "./citation-places.ts";
import { chipsClass, insertAt, isSealed, leavesOf, placeAfter } from "./leaves.ts";
import { onElement } from "./on-element.ts";
import { watchSources } from "./preview.ts";
import { sourceName } from "./source-words.ts";

/** Keeps the chips of one answer in its rendered text. */
class AnswerChips {
  readonly #answer: Element;
  readonly #places: CitationPlaces;
  readonly #observer = new MutationObserver(() => this.#place());
  readonly #context: ViewContext;
  #shown: AnswerState | undefined;
  /** Groups of chips, by leaf and position. If the renderer removes one, the same element is inserted again. */
  #chips = new Map<string, HTMLElement>();
  #focused: EventTarget | null = null;

  constructor(answer: Element, context: ViewContext) {
    this.#answer = answer;
    this.#context = context;
    this.#places = new CitationPlaces(context.strings.answer);
    this.#observer.observe(answer, { childList: true, subtree: true });
    watchSources(answer);
    answer.addEventListener("focusin", ({ target }) => (this.#focused = target));
    // if the renderer removes the focused chip, the chip gets the focus back before this timeout
    answer.addEventListener("focusout", () => setTimeout(() => (this.#focused = null)));
  }

  show(shown: AnswerState): void {
    if (shown === this.#shown) return;
    if (shown.id !== this.#shown?.id) this.#clear(); // another version: text that both share still contains old chips
    this.#shown = shown;
    this.#place();
  }

  #clear(): void {
    this.#chips.clear();
    for (const old of this.#answer.querySelectorAll(`.${chipsClass}`)) old.remove();
  }

  #place(): void {
    const { content = "", citations = [], sources = [] } = this.#shown ?? {};
    const known = citations.filter(({ index }) => sources.some((source) => source.index === index));
    const places = this.#places.read(content, known);
    const byLeaf = Map.groupBy(known, ({ at }) => places.get(at)?.leaf);
    for (const [index, leaf] of leavesOf(this.#answer).entries()) {
      const cited = byLeaf.get(index);
      if (!cited) continue;
      if (isSealed(leaf)) this.#placeBelow(leaf, `${index}`, cited);
      else {
        const charsOf = ({ at }: Citation) => placeAfter(leaf, places.get(at)?.chars ?? 0)?.chars ?? 0;
        this.#placeWithin(leaf, `${index} `, Map.groupBy(cited, charsOf));
      }
    }
    this.#observer.takeRecords();
  }

  #placeBelow(leaf: Element, key: string, cited: readonly Citation[]): void {
    const block = leaf.closest(".code") ?? leaf;
    const chips = this.#chipsAt(key, cited);
    if (block.nextElementSibling !== chips) block.after(chips);
  }

  /** Removes unwanted chips, and inserts missing ones. Chips that the renderer has not removed are still in place. */
  #placeWithin(leaf: Element, key: string, wanted: ReadonlyMap<number, Citation[]>): void {
    const all = [...wanted].map(([chars, cited]) => ({ chars, chips: this.#chipsAt(key + chars, cited) }));
    for (const old of leaf.querySelectorAll(`.${chipsClass}`))
      if (!all.some(({ chips }) => chips === old)) old.remove();
    for (const { chars, chips } of all) {
      const place = leaf.contains(chips) ? undefined : placeAfter(leaf, chars);
      if (!place) continue;
      insertAt(place, chips);
      const focused = this.#focused;
      if (focused instanceof HTMLElement && chips.contains(focused)) focused.focus({ preventScroll: true });
    }
  }

  #chipsAt(key: string, cited: readonly Citation[]): HTMLElement {
    const chips = this.#chips.get(key) ?? document.createElement("sup");
    this.#chips.set(key, chips);
    chips.className = chipsClass;
    chips.translate = false;
    const indexes = [...new Set(cited.map(({ index }) => index))].toSorted((a, b) => a - b);
    const before = [...chips.querySelectorAll("button")];
    const buttons = indexes.map((index) => {
      const chip = before.find(({ dataset }) => dataset["source"] === `${index}`) ?? createChip(index);
      this.#describe(chip, index, cited);
      return chip;
    });
    if (buttons.length !== before.length || buttons.some((chip, at) => chip !== before[at]))
      chips.replaceChildren(...buttons);
    return chips;
  }

  #describe(chip: HTMLElement, index: number, cited: readonly Citation[]): void {
    const source = this.#shown?.sources.find((each) => each.index === index);
    if (!source) return;
    chip.ariaLabel = sourceName(source, this.#context);
    citedBy.set(chip, { source, quotes: quotesOf(source, cited), context: this.#context });
  }
}

/** Creates a chip. CSS draws its number, which is thus not selected, translated or part of the answer's text. */
function createChip(index: number): HTMLButtonElement {
  const chip = document.createElement("button");
  chip.type = "button";
  chip.className = "citation";
  chip.part.add("citation");
  chip.dataset["source"] = `${index}`;
  chip.ariaHasPopup = "dialog";
  chip.ariaExpanded = "false";
  return chip;
}

const shown = new WeakMap<Element, AnswerChips>();

/** Puts a chip for each citation into an answer's element. In the template, it must come after `answerText`. */
export const chips = onElement((element, answer: AnswerState, context: ViewContext) => {
  const chipsOf = shown.get(element) ?? (answer.citations.length > 0 ? new AnswerChips(element, context) : undefined);
  if (!chipsOf) return;
  shown.set(element, chipsOf);
  chipsOf.show(answer);
});
