/** A piece of the answer's text, or of what the model thought. */
export interface TextPiece {
  type: "delta" | "reasoning";
  content: string;
}

const opening = "<think>";
const closing = "</think>";

/** How much white space before a tag is held back, in UTF-16 units. Chat templates put only a line break there. */
const maxBlankChars = 100;

/**
 * Separates thoughts from text. DeepSeek R1, Qwen and others write `<think>…</think>` before their answer if the server
 * does not separate thoughts itself. Only tags at the beginning count: an answer may mention them later. Text that
 * could be the beginning of a tag is held back until that is clear.
 */
export class ThinkTags {
  /** Before the answer, where a thought can begin; in a thought; or in the answer, where everything is text. */
  #place: "before" | "thought" | "answer" = "before";
  #held = "";
  /** Whether the white space at this place belongs to a tag and is left out. */
  #skipsBlank = false;

  /** Adds a piece of the provider's text. @returns the pieces whose type is certain now */
  push(text: string): TextPiece[] {
    if (this.#place === "answer") return [{ type: "delta", content: text }];
    this.#held += text;
    const pieces: TextPiece[] = [];
    while (this.#step(pieces));
    return pieces;
  }

  /** Call it when the text is complete. @returns what was held back */
  end(): TextPiece[] {
    const content = this.#take(this.#held.length);
    const type = this.#place === "thought" ? "reasoning" : "delta";
    return content === "" ? [] : [{ type, content }];
  }

  /** Processes one tag or one stretch of text. @returns whether there may be another one */
  #step(pieces: TextPiece[]): boolean {
    if (this.#skipsBlank) this.#held = this.#held.trimStart();
    if (this.#held === "") return false;
    return this.#place === "thought" ? this.#stepInThought(pieces) : this.#stepBefore(pieces);
  }

  #stepBefore(pieces: TextPiece[]): boolean {
    const start = this.#held.trimStart();
    const isNear = this.#held.length - start.length <= maxBlankChars;
    if (isNear && start.startsWith(opening)) {
      this.#held = start.slice(opening.length);
      this.#enter("thought");
      return true;
    }
    if (isNear && opening.startsWith(start)) return false;
    this.#place = "answer";
    pieces.push({ type: "delta", content: this.#take(this.#held.length) });
    return false;
  }

  #stepInThought(pieces: TextPiece[]): boolean {
    const at = this.#held.indexOf(closing);
    const content = this.#take(at === -1 ? this.#held.length - cutTagLength(this.#held) : at);
    if (content !== "") {
      pieces.push({ type: "reasoning", content });
      this.#skipsBlank = false;
    }
    if (at === -1) return false;
    this.#held = this.#held.slice(closing.length);
    this.#enter("before"); // another thought can follow
    return true;
  }

  #enter(place: "before" | "thought"): void {
    this.#place = place;
    this.#skipsBlank = true;
  }

  #take(length: number): string {
    const taken = this.#held.slice(0, length);
    this.#held = this.#held.slice(length);
    return taken;
  }
}

/** How many characters at a text's end may be the beginning of a closing tag. */
function cutTagLength(text: string): number {
  for (let length = Math.min(closing.length - 1, text.length); length > 0; length -= 1) {
    if (closing.startsWith(text.slice(-length))) return length;
  }
  return 0;
}
