import { MarkdownCode } from "./markdown-code.ts";

/** A part of an answer: text to show, or a marker that was removed from the text. */
export type AnswerPiece =
  | { type: "text"; text: string }
  | { type: "marker"; removed: string; /** The numbers of the sources that the marker names. */ indexes: number[] };

/** The zero of each set of digits that models use: some write numbers in the digits of the answer's language. */
const zeros = ["0", "\u0660", "\u06f0", "\u0966", "\u09e6", "\u0e50", "\uff10"];
const digit = `[${zeros.map((zero) => `${zero}-${String.fromCharCode(zero.charCodeAt(0) + 9)}`).join("")}]`;

/** Words that models put before a number. */
const labels = ["source", "sources", "passage", "passages", "document", "result", "ref", "cite", "citation", "quelle"];

const number = `${digit}{1,20}(?: ?[-–—] ?${digit}{1,20})?`;
const list = ` *(?:(?:${labels.join("|")})[ :]*|#)?${number}(?: *(?:[,;،、，&]|and) *${number}| +${number})* *`;
const marker = `⟦${list}⟧`;
const several = `${marker}(?:[,;،、，]? ?${marker})*`;
const lead = "(?:[,;،、，] ?|[ \\u00a0\\u202f])?";

/** A marker with what is removed along with it: a space or a separator before it, and brackets around it. */
const whole = new RegExp(`^${lead}(?:${marker}|\\[${several}\\]|\\(${several}\\))$`, "i");
const withoutMarker = new RegExp(`^(?:${lead})[[(]?$`);
const eachMarker = new RegExp(marker, "gi");
const eachNumber = new RegExp(`(${digit}+)(?: ?[-–—] ?(${digit}+))?`, "g");

/** Endings that can complete the beginning of a marker, besides the rest of a label. */
const endings = ["", "⟧", "1⟧", "⟦1⟧", "nd 1⟧", "d 1⟧"];

/** The longest text that is held back, in UTF-16 units: a list of about 50 numbers. A longer text is not a marker. */
const maxHeldChars = 256;

/**
 * Removes citation markers such as `⟦1⟧` from an answer while it streams. It reads the text unit by unit, so it does
 * not matter how the text is split into pieces. Text that may be the beginning of a marker is held back. Markers inside
 * code stay, and so does all other text.
 */
export class CitationMarkers {
  readonly #given: readonly number[];
  readonly #code = new MarkdownCode();
  /** Text that may become a marker. */
  #held = "";
  #pieces: AnswerPiece[] = [];
  /** Whether no text has come since the last marker. */
  #isAfterMarker = false;

  /** @param given the numbers that may be cited; a marker with another number is removed and cites nothing */
  constructor(given: Iterable<number>) {
    this.#given = [...given].toSorted((one, other) => one - other);
  }

  /** Adds a piece of the answer; returns the parts that are certain now, in order. */
  push(text: string): AnswerPiece[] {
    for (const unit of text.split("")) this.#step(unit);
    return this.#takePieces();
  }

  /** Ends the answer: returns the text that was held back. A marker that was cut off is removed. */
  end(): AnswerPiece[] {
    const held = this.#held;
    this.#held = "";
    if (held.includes("⟦")) this.#remove(held);
    else this.#show(held);
    return this.#takePieces();
  }

  #step(unit: string): void {
    this.#held += unit;
    if (this.#mayBecomeMarker()) return;
    const held = this.#held;
    this.#held = "";
    if (this.#isPlace(held) && whole.test(held)) return this.#remove(held);
    this.#show(held.charAt(0));
    for (const unit of held.slice(1).split("")) this.#step(unit);
  }

  #mayBecomeMarker(): boolean {
    const held = this.#held;
    if (held.length > maxHeldChars || !this.#isPlace(held)) return false;
    if (!held.includes("⟦")) return withoutMarker.test(held);
    return !whole.test(held) && canBecomeMarker(held);
  }

  /** Whether a marker, with what is removed along with it, can begin here. */
  #isPlace(held: string): boolean {
    const first = held.charAt(0);
    if (",;،、，".includes(first)) return this.#isAfterMarker && !this.#code.isInCode;
    if (" \u00a0\u202f".includes(first)) return !this.#code.isAtLineStart && !this.#code.isInCode;
    return "[(⟦".includes(first) && !this.#code.isInCode;
  }

  #show(text: string): void {
    if (text === "") return;
    for (const unit of text.split("")) this.#code.push(unit);
    this.#isAfterMarker = false;
    const last = this.#pieces.at(-1);
    if (last?.type === "text") last.text += text;
    else this.#pieces.push({ type: "text", text });
  }

  #remove(removed: string): void {
    this.#isAfterMarker = true;
    const markers = removed.match(eachMarker) ?? [];
    this.#pieces.push({ type: "marker", removed, indexes: markers.flatMap((each) => this.#numbersIn(each)) });
  }

  /** Those of the given numbers that a marker names, singly or in a range. */
  #numbersIn(text: string): number[] {
    return Array.from(text.matchAll(eachNumber), ([, first = "", last = first]) => {
      const [from, to] = [valueOf(first), valueOf(last)];
      return this.#given.filter((index) => index >= from && index <= to);
    }).flat();
  }

  #takePieces(): AnswerPiece[] {
    const pieces = this.#pieces;
    this.#pieces = [];
    return pieces;
  }
}

/** Whether a text can be the beginning of a marker: one of the possible endings makes it a marker. */
function canBecomeMarker(held: string): boolean {
  const word = (/\p{L}+$/u.exec(held)?.[0] ?? "").toLowerCase();
  const rest =
    word === "" ? [] : labels.filter((label) => label.startsWith(word)).map((label) => label.slice(word.length));
  const opening = /^[^⟦]*/.exec(held)?.[0] ?? "";
  const closing = opening.endsWith("[") ? "]" : opening.endsWith("(") ? ")" : "";
  return [...endings, ...rest.map((letters) => `${letters} 1⟧`)].some((end) => whole.test(held + end + closing));
}

function valueOf(digits: string): number {
  const value = (char: string) => zeros.map((zero) => char.charCodeAt(0) - zero.charCodeAt(0)).find(isDigit) ?? 0;
  return Array.from(digits).reduce((sum, char) => sum * 10 + value(char), 0);
}

function isDigit(value: number): boolean {
  return value >= 0 && value <= 9;
}
