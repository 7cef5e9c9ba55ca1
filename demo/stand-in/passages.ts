import type { AnswerPart } from "./answer.ts";
import type { Passage } from "./prompt.ts";
import { words } from "./words.ts";

/** A sentence, a list or a row of a table. */
interface Unit {
  passage: Passage;
  /** Place within the passage. */
  at: number;
  kind: "sentence" | "list" | "row";
  /** The text as it is in the passage. */
  text: string;
  fit: number;
}

/** Besides the best unit, units are used whose fit is at least this share of the best fit. */
const nearlyAsGood = 0.6;
const maxUnits = 4;

/** Answers with what the passages say about the question, in their own words, and cites each sentence. */
export function answerFromPassages(question: string, passages: readonly Passage[]): AnswerPart[] | undefined {
  const units = passages.flatMap(unitsOf);
  const weights = weigh(question, units);
  const ranked = units
    .map((unit) => ({ ...unit, fit: fitOf(unit, weights) }))
    .toSorted((one, other) => other.fit - one.fit);
  const [best] = ranked;
  if (best === undefined || best.fit === 0) return undefined;
  const good = ranked.filter(({ fit }) => fit >= best.fit * nearlyAsGood).slice(0, maxUnits);
  const list = good.find(({ kind }) => kind === "list");
  const chosen = good.filter((unit) => unit.kind !== "list" || unit === list); // two lists would be too long
  // If a list follows a chosen sentence, the list is used too: it may be the steps that the sentence announces. If only
  // one unit was chosen and it is a sentence, the next unit is used too, whatever its kind.
  for (const unit of [...chosen]) {
    const next = ranked.find(({ passage, at }) => passage === unit.passage && at === unit.at + 1);
    if (next !== undefined && unit.kind === "sentence" && (next.kind === "list" || chosen.length === 1))
      chosen.push(next);
  }
  const inOrder = [...new Set(chosen)].toSorted(
    (one, other) => passages.indexOf(one.passage) - passages.indexOf(other.passage) || one.at - other.at,
  );
  return inOrder.flatMap(write);
}

function write(unit: Unit, at: number, all: readonly Unit[]): AnswerPart[] {
  const before = all[at - 1];
  const continues = before?.passage === unit.passage && before.kind === "sentence" && unit.kind === "sentence";
  const gap = before === undefined ? "" : continues ? " " : "\n\n";
  const quote = { number: unit.passage.number, quote: unit.text };
  if (unit.kind === "list") {
    const items = unit.text.split("\n");
    return items.map((item, index) => ({
      text: `${index === 0 ? gap : "\n"}${item}`,
      cites: { ...quote, quote: item.replace(/^([-*]|\d+\.) /, "") },
    }));
  }
  return [{ text: gap }, { text: unit.kind === "row" ? writeRow(unit.text) : unit.text, cites: quote }].filter(
    ({ text }) => text !== "",
  );
}

/** A row of a table becomes a line: its first cell in bold, then the others. */
function writeRow(row: string): string {
  const [first = "", ...others] = cellsOf(row);
  return `**${capitalize(first.replaceAll("*", ""))}**: ${others.map(capitalize).join(". ")}`;
}

function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function cellsOf(row: string): string[] {
  return row
    .replaceAll(/^\||\|$/g, "")
    .split("|")
    .map((cell) => cell.trim());
}

function unitsOf(passage: Passage): Unit[] {
  const blocks = passage.text.split(/\n{2,}/);
  return blocks.flatMap(readBlock).map((unit, at) => ({ ...unit, passage, at, fit: 0 }));
}

function readBlock(block: string): Pick<Unit, "kind" | "text">[] {
  if (/^([-*]|\d+\.) /.test(block)) return [{ kind: "list", text: block }];
  if (block.startsWith("|")) {
    const rows = block.split("\n").slice(2);
    return rows.map((text) => ({ kind: "row", text }));
  }
  if (block.startsWith("```")) return [];
  const sentences = block.replaceAll("\n", " ").match(/.+?(?:[.!?](?=\s+\p{Lu}|\s*$)|$)/gu) ?? [];
  return sentences.map((text) => ({ kind: "sentence", text: text.trim() }));
}

/** How much each word of the question counts. Rare words count more. */
function weigh(question: string, units: readonly Unit[]): Map<string, number> {
  const held = units.map(({ text, passage }) => new Set(words(`${passage.title} ${text}`)));
  return new Map(
    [...new Set(words(question))].map((word) => {
      const count = held.filter((all) => all.has(word)).length;
      const importance = /\d/.test(word) ? 3 : 1; // a word with a digit is usually a fault code, which is the clearest sign of what is meant
      return [word, count === 0 ? 0 : importance * Math.log(1 + units.length / count)];
    }),
  );
}

/** How well a unit fits a question. Passages with a lower number count more, because they are more relevant. */
function fitOf({ text, passage }: Unit, weights: ReadonlyMap<string, number>): number {
  const own = new Set(words(text));
  const named = new Set(words(passage.title));
  let fit = 0;
  for (const [word, weight] of weights) fit += own.has(word) ? weight : named.has(word) ? weight / 3 : 0;
  return fit / (1 + (passage.number - 1) / 10);
}
