import type { ConversationSummary } from "../../protocol/index.ts";

/** How long ago a conversation was used last. */
export type Age = "today" | "yesterday" | "thisWeek" | "earlier";

/** Conversations of about the same age. */
export interface AgeGroup {
  age: Age;
  conversations: ConversationSummary[];
}

/**
 * Groups conversations by when they were used last, in the visitor's own time zone.
 * @param conversations newest first
 * @param now in milliseconds since the epoch
 */
export function groupByDay(conversations: readonly ConversationSummary[], now: number): AgeGroup[] {
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

/** The beginning of the day so many days ago; a day has not always 24 hours. */
function midnight(now: number, daysAgo: number): number {
  const day = new Date(now);
  day.setHours(0, 0, 0, 0);
  return day.setDate(day.getDate() - daysAgo);
}
