import { routes } from "../../protocol/index.ts";
import type { Conversation } from "../../protocol/index.ts";
import type { ChatApi } from "../transport/api.ts";
import { TransportError } from "../transport/failure.ts";
import type * as HistoryChunk from "./history-chunk.ts";
import { loadOnDemand } from "./load-on-demand.ts";

/**
 * Loads the code for continuing a stored conversation.
 * @throws TransportError if it cannot be loaded
 */
export function loadHistoryChunk(api: ChatApi): Promise<typeof HistoryChunk> {
  return loadOnDemand(api, () => import("./history-chunk.ts"));
}

/** Loads the code and sends the request in parallel, so that loading adds no delay. */
function ask(api: ChatApi, path: string): Promise<[typeof HistoryChunk, unknown]> {
  return Promise.all([loadHistoryChunk(api), api.get(path)]);
}

/**
 * Fetches a stored conversation.
 * @param before id of a message: fetches the page that ends just before it; the newest page by default
 */
export async function fetchConversation(api: ChatApi, conversation: string, before?: string): Promise<Conversation> {
  const query = before === undefined ? "" : `?before=${encodeURIComponent(before)}`;
  const [{ readConversation }, reply] = await ask(api, routes.conversation(conversation) + query);
  const stored = readConversation(reply);
  if (!stored) throw new TransportError("unreachable", { cause: "the response is not a conversation" });
  return stored;
}

/**
 * Finds the conversation of this visit, which a new tab continues.
 * @returns its id; undefined if there is none or the request fails: a new conversation starts then
 */
export async function findRecentConversation(api: ChatApi): Promise<string | undefined> {
  try {
    const [{ readList, recentConversation }, reply] = await ask(api, routes.conversations);
    return recentConversation(readList(reply), Date.now());
  } catch {
    return undefined;
  }
}
