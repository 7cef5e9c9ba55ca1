import type { SessionStore, StoredSession } from "../transport/session.ts";

/**
 * Keeps the visitor's token in `localStorage`, so that a reload and a second tab are the same visitor.
 * Nothing is written before the first message, since there is no token before it.
 * @param endpoint the worker's address: another worker has other visitors
 * @param assistant the assistant's id, which a token is bound to
 */
export function createSessionStore(endpoint: string, assistant: string): SessionStore {
  const key = `rivulet-chat:session:${endpoint}:${assistant}`;
  let inMemory: StoredSession | undefined;
  return {
    read: () => readSession(key) ?? inMemory,
    write(session) {
      inMemory = session;
      attempt(() => localStorage.setItem(key, JSON.stringify(session)));
    },
    clear() {
      inMemory = undefined;
      attempt(() => localStorage.removeItem(key));
    },
  };
}

function readSession(key: string): StoredSession | undefined {
  const text = attempt(() => localStorage.getItem(key));
  if (!text) return undefined;
  const value: unknown = attempt((): unknown => JSON.parse(text));
  if (typeof value !== "object" || value === null) return undefined;
  if (!("token" in value) || typeof value.token !== "string") return undefined;
  if (!("expiresAt" in value) || typeof value.expiresAt !== "number") return undefined;
  return { token: value.token, expiresAt: value.expiresAt };
}

/** Storage throws where it is blocked or full: the chat then works without it, for as long as the page is open. */
function attempt<T>(access: () => T): T | undefined {
  try {
    return access();
  } catch {
    return undefined;
  }
}
