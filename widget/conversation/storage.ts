import { isRecord, text } from "../transport/json.ts";
import type { SessionStore, StoredSession } from "../transport/session.ts";
import { attempt } from "./attempt.ts";
import { readTabState } from "./tab-state.ts";
import type { TabState } from "./tab-state.ts";
import { storageKey } from "./storage-key.ts";

// Storage throws when it is blocked or full. The chat then works without it until the page is closed.

/**
 * Stores the visitor's token in `localStorage`, so that they stay the same visitor after a reload and in other tabs.
 * Nothing is written before the first message, because there is no token before it.
 * @param endpoint the worker's address
 * @param assistant the assistant's id, which the token is bound to
 */
export function createSessionStore(endpoint: string, assistant: string): SessionStore {
  const key = storageKey("session", endpoint, assistant);
  let inMemory: StoredSession | undefined;
  return {
    read: () => readSession(readJson(() => localStorage.getItem(key))) ?? inMemory,
    write(session) {
      const isKept = attempt(() => {
        localStorage.setItem(key, JSON.stringify(session));
        return true;
      });
      inMemory = isKept ? undefined : session; // a stored token is not copied: another tab may remove it
    },
    clear() {
      inMemory = undefined;
      attempt(() => localStorage.removeItem(key));
    },
  };
}

/** Stores the tab's state between pages. */
export interface TabStateStore {
  read(): TabState | undefined;
  write(state: TabState): void;
  clear(): void;
}

/** Stores the tab's state in `sessionStorage`: it belongs to this tab, and is deleted when the tab is closed. */
export function createTabStateStore(endpoint: string, assistant: string): TabStateStore {
  const key = storageKey("tab", endpoint, assistant);
  return {
    read: () => readTabState(readJson(() => sessionStorage.getItem(key))),
    write: (state) => attempt(() => sessionStorage.setItem(key, JSON.stringify(state))),
    clear: () => attempt(() => sessionStorage.removeItem(key)),
  };
}

function readSession(value: unknown): StoredSession | undefined {
  const { token, expiresAt, isNamed, visitor, before } = isRecord(value) ? value : {};
  if (typeof token !== "string" || typeof expiresAt !== "number") return undefined;
  return { token, expiresAt, isNamed: isNamed === true, visitor: text(visitor), before: text(before) };
}

function readJson(read: () => string | null): unknown {
  return attempt((): unknown => JSON.parse(read() ?? "null"));
}
