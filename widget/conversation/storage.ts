import type { SessionStore, StoredSession } from "../transport/session.ts";
import { readTabState } from "./tab-state.ts";
import type { TabState } from "./tab-state.ts";
import { storageKey } from "./storage-key.ts";

/**
 * Keeps the visitor's token in `localStorage`, so that a reload and a second tab are the same visitor.
 * Nothing is written before the first message, since there is no token before it.
 * @param endpoint the worker's address
 * @param assistant the assistant's id, which a token is bound to
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
      inMemory = isKept ? undefined : session; // what is kept there, another tab may take away
    },
    clear() {
      inMemory = undefined;
      attempt(() => localStorage.removeItem(key));
    },
  };
}

/** Where a visitor's place is kept from page to page. */
export interface TabStateStore {
  read(): TabState | undefined;
  write(state: TabState): void;
  clear(): void;
}

/** Keeps the visitor's place in `sessionStorage`: it is this tab's alone, and goes when the tab is closed. */
export function createTabStateStore(endpoint: string, assistant: string): TabStateStore {
  const key = storageKey("tab", endpoint, assistant);
  return {
    read: () => readTabState(readJson(() => sessionStorage.getItem(key))),
    write: (state) => attempt(() => sessionStorage.setItem(key, JSON.stringify(state))),
    clear: () => attempt(() => sessionStorage.removeItem(key)),
  };
}

function readSession(value: unknown): StoredSession | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  if (!("token" in value) || typeof value.token !== "string") return undefined;
  if (!("expiresAt" in value) || typeof value.expiresAt !== "number") return undefined;
  return { token: value.token, expiresAt: value.expiresAt, isNamed: "isNamed" in value && value.isNamed === true };
}

function readJson(read: () => string | null): unknown {
  return attempt((): unknown => JSON.parse(read() ?? "null"));
}

/** Storage throws where it is blocked or full: the chat then works without it, for as long as the page is open. */
function attempt<T>(access: () => T): T | undefined {
  try {
    return access();
  } catch {
    return undefined;
  }
}
