import { attempt } from "../conversation/attempt.ts";
import { storageKey } from "../conversation/storage-key.ts";

/** Whose visitor has agreed: the worker's absolute address, and the assistant's id. */
interface Chat {
  readonly endpoint: string;
  readonly assistant: string;
}

/**
 * What the visitor has agreed to last. It is stored at their click, for this browser, and is removed together with the
 * visitor. Where storage is blocked it applies until the page is closed.
 */
export class ConsentMemory {
  /** By storage key, where nothing can be stored. */
  readonly #unstored = new Map<string, string>();

  /** @param id of what is asked */
  has(chat: Chat, id: string): boolean {
    const key = keyOf(chat);
    return (attempt(() => localStorage.getItem(key)) ?? this.#unstored.get(key)) === id;
  }

  /** Notes that the visitor has agreed. */
  note(chat: Chat, id: string): void {
    const key = keyOf(chat);
    const isStored = attempt(() => {
      localStorage.setItem(key, id);
      return true;
    });
    if (!isStored) this.#unstored.set(key, id);
  }

  /** Forgets what is not stored. */
  forget(): void {
    this.#unstored.clear();
  }
}

function keyOf({ endpoint, assistant }: Chat): string {
  return storageKey("consent", endpoint, assistant);
}
