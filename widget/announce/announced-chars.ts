/** Where it is kept, for this tab alone, how much of which answer was said. An id says nothing of the visitor. */
const saidKey = "rivulet-chat:said";

/** How much of an answer was said on the page before, in characters; undefined where nobody listened. */
export function readSaid(answer: string): number | undefined {
  const [known, chars] = attempt(() => sessionStorage.getItem(saidKey))?.split(" ") ?? [];
  return known === answer ? Number(chars) || 0 : undefined;
}

/** Notes how much of an answer was said. */
export function writeSaid(answer: string, chars: number): void {
  attempt(() => sessionStorage.setItem(saidKey, `${answer} ${chars}`));
}

/** Forgets how much of an answer was said. */
export function clearSaid(): void {
  attempt(() => sessionStorage.removeItem(saidKey));
}

/** Storage throws where it is blocked or full: after a reload the next new sentence is said then. */
function attempt<T>(access: () => T): T | undefined {
  try {
    return access();
  } catch {
    return undefined;
  }
}
