import { attempt } from "../conversation/attempt.ts";
import { storageKey } from "../conversation/storage-key.ts";
import { isRecord, text } from "../transport/json.ts";

/** Whose visitor has agreed: the worker's absolute address, the assistant's id, and who the visitor is. */
interface Chat {
  readonly endpoint: string;
  readonly assistant: string;
  /** The worker's reference to the visitor; undefined before there is a session. */
  readonly visitor: string | undefined;
  /** Whether what was kept for a visitor belongs to the one who is signed in. */
  isOwn(visitor: string | undefined): boolean;
}

/** What a visitor has agreed to. */
interface Agreement {
  id: string;
  /** Undefined if they had no session yet. */
  visitor?: string;
}

/**
 * What the visitor has agreed to last. It is stored at their click, for this browser, and belongs to them: another visitor
 * is asked. Where storage is blocked it applies until the page is closed.
 */
export class ConsentMemory {
  /** By storage key, where nothing can be stored. */
  readonly #unstored = new Map<string, Agreement>();
  /** What this chat has found in storage, or put there, last. */
  #seen: string | null = null;

  /** @param id of what is asked */
  has(chat: Chat, id: string): boolean {
    const agreement = this.#read(chat);
    if (agreement?.id !== id || !chat.isOwn(agreement.visitor)) return false;
    // who agrees before their first message has no session; they may be the next visitor, of whom this chat learns late
    if (agreement.visitor !== chat.visitor && chat.isOwn(chat.visitor)) this.note(chat, id);
    return true;
  }

  /** Notes that the visitor has agreed. */
  note(chat: Chat, id: string): void {
    const key = keyOf(chat);
    const agreement: Agreement = { id, visitor: chat.visitor };
    const stored = JSON.stringify(agreement);
    const isStored = attempt(() => {
      localStorage.setItem(key, stored);
      return true;
    });
    if (isStored) this.#seen = stored;
    else this.#unstored.set(key, agreement);
  }

  /**
   * Forgets what the visitor has agreed to. What the next one has agreed to on another page stays: this chat may learn late
   * that the one before has gone.
   */
  forget(chat: Chat): void {
    const seen = this.#seen;
    const agreement = this.#read(chat);
    const isUnseen = this.#seen !== seen;
    this.#unstored.clear();
    // who agrees before their first message has no session
    const isNext = agreement?.visitor === undefined ? isUnseen : agreement.visitor === chat.visitor;
    if (!isNext) attempt(() => localStorage.removeItem(keyOf(chat)));
    this.#seen = null;
  }

  #read(chat: Chat): Agreement | undefined {
    const key = keyOf(chat);
    const stored = attempt((): unknown => JSON.parse((this.#seen = localStorage.getItem(key)) ?? "null"));
    return isRecord(stored) && typeof stored["id"] === "string"
      ? { id: stored["id"], visitor: text(stored["visitor"]) }
      : this.#unstored.get(key);
  }
}

function keyOf({ endpoint, assistant }: Chat): string {
  return storageKey("consent", endpoint, assistant);
}
