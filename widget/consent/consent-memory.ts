import { attempt } from "../conversation/attempt.ts";
import { storageKey } from "../conversation/storage-key.ts";
import { isRecord, text } from "../transport/json.ts";

/** The chat for which a visitor has agreed: the worker's absolute address, the assistant's id, and the visitor. */
interface Chat {
  readonly endpoint: string;
  readonly assistant: string;
  /** The worker's reference to the visitor; undefined before there is a session. */
  readonly visitor: string | undefined;
  /** Whether data kept for `visitor` belongs to the current visitor. */
  isOwn(visitor: string | undefined): boolean;
}

/** What a visitor has agreed to. */
interface Agreement {
  id: string;
  /** Undefined if they had no session yet. */
  visitor?: string;
}

/**
 * Remembers what the visitor last agreed to. The agreement is stored in this browser when they click, and applies only
 * to them: another visitor is asked again. If the browser cannot store the agreement, it holds until the page is
 * closed.
 */
export class ConsentMemory {
  /** Agreements that could not be stored, by storage key. */
  readonly #unstored = new Map<string, Agreement>();
  /** The text that this chat last read from storage or wrote to it. */
  #seen: string | null = null;

  /** Whether the visitor has agreed. @param id identifies what they are asked to agree to */
  has(chat: Chat, id: string): boolean {
    const agreement = this.#read(chat);
    if (agreement?.id !== id || !chat.isOwn(agreement.visitor)) return false;
    // A visitor who agreed before their first message had no session, so their reference is added later. It is not
    // added if somebody else is the current visitor, which this chat may not have noticed yet.
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
   * Forgets what the visitor has agreed to. If the next visitor has agreed on another page already, their agreement
   * stays, because this chat may learn late that the earlier visitor has gone.
   */
  forget(chat: Chat): void {
    const seen = this.#seen;
    const agreement = this.#read(chat);
    const isUnseen = this.#seen !== seen;
    this.#unstored.clear();
    // without a session, an agreement names no visitor: it is the next visitor's if this chat has not seen it before
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
