import { setTimeout as sleep } from "node:timers/promises";

/** The speed of a typical hosted model: a short delay before the first token, then about fifty tokens per second. */
export const pace = { ttft: 420, tps: 48, jitter: 0.35 };

export const charactersPerPiece = 5;

/** Yields a text piece by piece, at the speed of {@link pace}. @param signal ends it with an error */
export async function* pieces(text: string, signal: AbortSignal): AsyncGenerator<string> {
  const characters = [...text];
  for (let at = 0; at < characters.length; at += charactersPerPiece) {
    yield characters.slice(at, at + charactersPerPiece).join("");
    const factor = 1 + pace.jitter * (2 * Math.random() - 1);
    await sleep((1000 / pace.tps) * factor, undefined, { signal });
  }
}
