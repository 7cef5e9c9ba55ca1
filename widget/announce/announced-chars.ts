import { attempt } from "../conversation/attempt.ts";

/**
 * The `sessionStorage` key for an answer's id and how many of its characters were announced. The id does not identify
 * the visitor.
 */
const storageKey = "rivulet-chat:announced";

/** How much of an answer was announced on the previous page, in characters; undefined if none was. */
export function readAnnouncedChars(answer: string): number | undefined {
  const [known, chars] = attempt(() => sessionStorage.getItem(storageKey))?.split(" ") ?? [];
  return known === answer ? Number(chars) || 0 : undefined;
}

/**
 * Saves how much of an answer was announced. If the browser stores nothing, announcing continues with the next new
 * sentence after a reload.
 */
export function saveAnnouncedChars(answer: string, chars: number): void {
  attempt(() => sessionStorage.setItem(storageKey, `${answer} ${chars}`));
}

/** Removes the saved value. */
export function clearAnnouncedChars(): void {
  attempt(() => sessionStorage.removeItem(storageKey));
}
