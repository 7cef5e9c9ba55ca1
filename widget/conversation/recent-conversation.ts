import type { ConversationList } from "../../protocol/index.ts";

/** A conversation that was used within this time, in milliseconds, continues in a new tab: the length of a visit. */
const visitMs = 30 * 60_000;

/**
 * Finds the conversation of this visit.
 * @param list the newest conversations, newest first
 * @param now in milliseconds since the epoch
 * @returns its id; undefined if there is none
 */
export function recentConversation({ conversations: [newest] }: ConversationList, now: number): string | undefined {
  return newest && now - newest.updatedAt < visitMs ? newest.id : undefined;
}
