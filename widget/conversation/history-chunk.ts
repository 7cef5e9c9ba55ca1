// Code that a first turn does not need. It loads when a visitor continues a conversation.
export { readConversation, readList } from "../transport/conversation.ts";
export { toOutcome } from "./outcome.ts";
export { recentConversation } from "./recent-conversation.ts";
export { loadNewest, olderSteps } from "./reduce-history.ts";
