/** Characters per piece, roughly as many as in one token of a model's answer. */
export const pieceChars = 4;

/** Writes a piece of a stream's text. The first piece contains the stream's number, each later piece its own number. */
export function encodePiece(value: number): string {
  return value.toString(36).padStart(pieceChars, "0");
}

/** Reads a piece. @returns NaN if it is not one */
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
