import { decodePiece, pieceChars } from "../lib/pieces.ts";
import type { ReceivedStream, Target } from "./target.ts";

/** The fields that the benchmark reads in an event of either format. */
interface WireEvent {
  type: string;
  /** From Anthropic's events. */
  delta?: { text?: string };
  /** From this worker's events: a piece, or the whole answer. */
  content?: string;
  code?: string;
}

/** Reads an answer's pieces from its frames, and records when each arrived. */
export class PieceReader {
  readonly #wire: Target["wire"];
  readonly #stream: ReceivedStream;
  readonly #pieces: number;
  #frames = "";
  #text = "";
  #next = 0;
  #isWhole = false;

  constructor(wire: Target["wire"], stream: ReceivedStream, pieces: number) {
    this.#wire = wire;
    this.#stream = stream;
    this.#pieces = pieces;
  }

  /** Reads the text that arrived at a given time. */
  feed(text: string, now: number): void {
    this.#frames += text;
    let start = 0;
    for (let end = this.#frames.indexOf("\n\n"); end !== -1; end = this.#frames.indexOf("\n\n", start)) {
      this.#readFrame(this.#frames.slice(start, end), now);
      start = end + 2;
    }
    this.#frames = this.#frames.slice(start);
  }

  /** Whether the stream said that the answer is complete. */
  get isWhole(): boolean {
    return this.#isWhole;
  }

  #readFrame(frame: string, now: number): void {
    const at = frame.indexOf("data: ");
    if (at === -1) return; // a comment, or the `retry:` line
    const event: WireEvent = JSON.parse(frame.slice(at + 6));
    if (this.#wire === "anthropic") {
      if (event.type === "content_block_delta") this.#take(event.delta?.text ?? "", now);
      else if (event.type === "message_stop") this.#isWhole = true;
      return;
    }
    if (event.type === "delta") this.#take(event.content ?? "", now);
    else if (event.type === "response") this.#isWhole = event.content?.length === this.#pieces * pieceChars;
    else if (event.type === "error") this.#stream.error = `the stream ended with ${event.code}`;
  }

  /** A combined delta contains several pieces, and each counts separately. */
  #take(content: string, now: number): void {
    this.#text += content;
    while (this.#text.length >= pieceChars) {
      const value = decodePiece(this.#text.slice(0, pieceChars));
      this.#text = this.#text.slice(pieceChars);
      const index = this.#next === 0 ? 0 : value;
      if (this.#next === 0) this.#stream.number = value;
      this.#next += 1;
      const { cameAt } = this.#stream;
      if (cameAt[index] === 0) cameAt[index] = now;
      else this.#stream.strays += 1;
    }
  }
}
