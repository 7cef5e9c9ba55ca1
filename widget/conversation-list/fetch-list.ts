import { routes } from "../../protocol/index.ts";
import type { ConversationList } from "../../protocol/index.ts";
import { loadHistoryChunk } from "../conversation/stored-conversations.ts";
import type { ChatApi } from "../transport/api.ts";

/**
 * Fetches a page of the visitor's conversations, newest first.
 * @param cursor `next` of the previous page
 */
export async function fetchList(api: ChatApi, cursor?: string): Promise<ConversationList> {
  const query = cursor === undefined ? "" : `?cursor=${encodeURIComponent(cursor)}`;
  const [{ readList }, reply] = await Promise.all([loadHistoryChunk(api), api.get(routes.conversations + query)]);
  return readList(reply);
}
