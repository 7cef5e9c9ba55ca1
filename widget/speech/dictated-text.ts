/** Scripts that write no space between words. */
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

/**
 * Adds a space before and after dictated words where the text around them requires one.
 * @param before the text before the caret
 * @param after the text after the caret
 */
export function withSpaces(words: string, before: string, after: string): string {
  const text = words.trim().replace(/\s+/g, " ");
  if (text === "") return "";
  const isApart = (left: string, right: string) =>
    left === "" ||
    right === "" ||
    /\s$/.test(left) ||
    /^[\s.,;:!?)]/.test(right) ||
    unspaced.test(left.slice(-1) + right.slice(0, 1));
  return `${isApart(before, text) ? "" : " "}${text}${isApart(text, after) ? "" : " "}`;
}

/**
 * Writes dictated text into a text field, at its caret. Each result replaces the previous one, and the rest of the
 * field's text stays. The text is inserted as if it were typed, so that the browser can undo it.
 */
export class DictatedText {
  readonly #field: HTMLTextAreaElement;
  readonly #start: number;
  readonly #before: string;
  readonly #after: string;
  #written: string;
  /** Whether the field is being changed by this object, and not by the visitor. */
  isWriting = false;

  /** @param field the text field; dictated text replaces its selected text */
  constructor(field: HTMLTextAreaElement) {
    const { value, selectionStart, selectionEnd } = field;
    this.#field = field;
    this.#start = selectionStart;
    this.#before = value.slice(0, selectionStart);
    this.#written = value.slice(selectionStart, selectionEnd);
    this.#after = value.slice(selectionEnd);
  }

  /** @param pieces everything that was heard so far; each pause begins a new piece */
  write(pieces: readonly string[]): void {
    const words = pieces.reduce((before, piece) => before + withSpaces(piece, before, ""), "");
    const text = withSpaces(words, this.#before, this.#after);
    if (text === this.#written || text === "") return;
    const field = this.#field;
    const end = this.#start + this.#written.length;
    this.#written = text;
    this.isWriting = true;
    field.setSelectionRange(this.#start, end);
    if (!isFocused(field) || !document.execCommand("insertText", false, text)) {
      // focusing the field would open the keyboard of a phone
      field.setRangeText(text, this.#start, end, "end");
      field.dispatchEvent(new InputEvent("input", { bubbles: true, composed: true }));
    }
    this.isWriting = false;
  }
}

function isFocused(field: HTMLElement): boolean {
  const root = field.getRootNode();
  return root instanceof ShadowRoot && root.activeElement === field;
}
