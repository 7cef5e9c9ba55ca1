// What a visitor's first turn does without: only who goes on with a conversation loads it.
export { readConversation, readList } from "../transport/conversation.ts";
export { toOutcome } from "./outcome.ts";
export { recentConversation } from "./recent-conversation.ts";
export { loadNewest, olderSteps } from "./reduce-history.ts";
