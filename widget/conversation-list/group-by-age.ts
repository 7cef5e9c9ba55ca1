import type { ConversationSummary } from "../../protocol/index.ts";

/** How long ago a conversation was last used. */
export type Age = "today" | "yesterday" | "thisWeek" | "earlier";

/** Conversations of the same age. */
export interface AgeGroup {
  age: Age;
  conversations: ConversationSummary[];
}

/**
 * Groups conversations by when they were last used, in the visitor's own time zone.
 * @param conversations newest first
 * @param now in milliseconds since the epoch
 */
export function groupByAge(conversations: readonly ConversationSummary[], now: number): AgeGroup[] {
  const groups: AgeGroup[] = [];
  for (const conversation of conversations) {
    const age = ageOf(conversation.updatedAt, now);
    const last = groups.at(-1);
    if (last?.age === age) last.conversations.push(conversation);
    else groups.push({ age, conversations: [conversation] });
  }
  return groups;
}

function ageOf(time: number, now: number): Age {
  if (time >= midnight(now, 0)) return "today";
  if (time >= midnight(now, 1)) return "yesterday";
  return time >= midnight(now, 6) ? "thisWeek" : "earlier";
}

/** The start of the day `daysAgo` days ago. A day does not always have 24 hours. */
function midnight(now: number, daysAgo: number): number {
  const day = new Date(now);
  day.setHours(0, 0, 0, 0);
  return day.setDate(day.getDate() - daysAgo);
}
