import type { ConversationList } from "../../protocol/index.ts";

/** A conversation that was used within this time, in milliseconds, goes on in a new tab: as long as a visit lasts. */
const visitMs = 30 * 60_000;

/**
 * The conversation of this visit.
 * @param list the newest conversations, newest first
 * @param now in milliseconds since the epoch
 * @returns its id; undefined where there is none
 */
export function recentConversation({ conversations: [newest] }: ConversationList, now: number): string | undefined {
  return newest && now - newest.updatedAt < visitMs ? newest.id : undefined;
}
