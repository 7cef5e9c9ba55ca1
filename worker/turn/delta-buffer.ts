import type { ProviderData } from "../../protocol/index.ts";

/**
 * Minimum time between emitted pieces, in milliseconds; pieces in between are joined. A page draws once per frame
 * anyway, and each emitted event costs the worker CPU time.
 */
const gatherMs = 60;

/** The type of a piece: text of the answer, or reasoning of the model. */
export type PieceType = "delta" | "reasoning";

/** Emits one piece, which may be several joined pieces. */
type EmitPiece = (type: PieceType, content: string, providerData?: ProviderData) => void;

/**
 * Joins pieces of one type that arrive close together: the first one leaves at once, later ones at most every 60 ms. It
 * has no timer: the next piece emits what is due, and the turn's tick does so when the provider pauses.
 */
export class DeltaBuffer {
  readonly #emit: EmitPiece;
  #type: PieceType = "delta";
  #held = "";
  #emittedAt = 0;

  constructor(emit: EmitPiece) {
    this.#emit = emit;
  }

  /**
   * Adds a piece. One that carries the provider's own data is emitted on its own, because such data cannot be joined.
   */
  add(type: PieceType, content: string, providerData: ProviderData | undefined, now: number): void {
    if (providerData !== undefined || type !== this.#type) this.flush(now);
    if (providerData !== undefined) {
      this.#emit(type, content, providerData);
      return;
    }
    this.#type = type;
    this.#held += content;
    this.flushIfDue(now);
  }

  flushIfDue(now: number): void {
    if (now - this.#emittedAt >= gatherMs) this.flush(now);
  }

  /** Emits what is held. Called before every other event, to keep the order. */
  flush(now: number): void {
    if (this.#held === "") return;
    const content = this.#held;
    this.#held = "";
    this.#emittedAt = now;
    this.#emit(this.#type, content);
  }
}
