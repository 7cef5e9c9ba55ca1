/** Characters per piece: what one token of a model's answer has, roughly. */
export const pieceChars = 4;

/** A stream's text at one place: the first piece says which stream it is, each later one its own number. */
export function encodePiece(value: number): string {
  return value.toString(36).padStart(pieceChars, "0");
}

/** Reads a piece. @returns NaN where it is none */
export function decodePiece(piece: string): number {
  return /^[0-9a-z]{4}$/.test(piece) ? Number.parseInt(piece, 36) : Number.NaN;
}

/** How the upstream answers. */
export interface Pace {
  /** Per stream. */
  pieces: number;
  /** Per stream. */
  piecesPerSecond: number;
}
