import { routes } from "../../protocol/index.ts";
import type { Conversation, ConversationList } from "../../protocol/index.ts";
import type { ChatApi } from "../transport/api.ts";
import { TransportError } from "../transport/failure.ts";
import type * as HistoryChunk from "./history-chunk.ts";
import { loadOnDemand } from "./load-on-demand.ts";

/**
 * Loads what it takes to go on with a conversation that the worker keeps.
 * @throws TransportError where it cannot be loaded
 */
export function loadHistoryChunk(api: ChatApi): Promise<typeof HistoryChunk> {
  return loadOnDemand(api, () => import("./history-chunk.ts"));
}

/** Both are under way at once, so that what is loaded on demand costs no time of its own. */
function ask(api: ChatApi, path: string): Promise<[typeof HistoryChunk, unknown]> {
  return Promise.all([loadHistoryChunk(api), api.get(path)]);
}

/**
 * Reads what is stored of a conversation.
 * @param before id of a message: the page that ends right before it; by default the newest one
 */
export async function fetchConversation(api: ChatApi, conversation: string, before?: string): Promise<Conversation> {
  const query = before === undefined ? "" : `?before=${encodeURIComponent(before)}`;
  const [{ readConversation }, reply] = await ask(api, routes.conversation(conversation) + query);
  const stored = readConversation(reply);
  if (!stored) throw new TransportError("unreachable", { cause: "the answer is not a conversation" });
  return stored;
}

/**
 * One page of the visitor's conversations, newest first.
 * @param cursor `next` of the page before
 */
export async function fetchConversationList(api: ChatApi, cursor?: string): Promise<ConversationList> {
  const query = cursor === undefined ? "" : `?cursor=${encodeURIComponent(cursor)}`;
  const [{ readList }, reply] = await ask(api, routes.conversations + query);
  return readList(reply);
}

/**
 * Looks for the conversation of this visit, which a new tab goes on with.
 * @returns its id; undefined where there is none, or where it cannot be asked: then one begins anew
 */
export async function findRecentConversation(api: ChatApi): Promise<string | undefined> {
  try {
    const [{ readList, recentConversation }, reply] = await ask(api, routes.conversations);
    return recentConversation(readList(reply), Date.now());
  } catch {
    return undefined;
  }
}
