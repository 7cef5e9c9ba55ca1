/** Where it is kept, for this tab alone, how much of which answer was said. An id says nothing of the visitor. */
export const saidKey = "rivulet-chat:said";

/** Forgets how much of an answer was said. */
export function clearSaid(): void {
  try {
    sessionStorage.removeItem(saidKey);
  } catch {
    // storage that is blocked holds nothing
  }
}
