/** A minute and a day, numbered since the epoch. */
export interface TurnPeriods {
  minute: number;
  day: number;
}

/** How many turns began in a minute and on a day. */
export interface TurnCounts {
  inMinute: number;
  onDay: number;
}

export const minuteMs = 60_000;
export const dayMs = 24 * 60 * minuteMs;

/** The minute and the day of a time in milliseconds since the epoch. */
export function periodsOf(now: number): TurnPeriods {
  return { minute: Math.floor(now / minuteMs), day: Math.floor(now / dayMs) };
}
