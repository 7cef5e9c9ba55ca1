import type { ConversationList } from "../../protocol/index.ts";

/**
 * A visit counts as over when the conversation was last used this long ago, in milliseconds. Until then, a new tab
 * continues the conversation.
 */
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
