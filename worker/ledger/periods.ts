/** A UTC day, month, hour or minute in which something is counted, e.g. `day 2026-11-21` or `month 2026-11`. */
export type Period = `day ${string}` | `month ${string}` | `hour ${string}` | `minute ${string}`;

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/** The day of a time in milliseconds since the epoch. */
export function dayOf(now: number): Period {
  return `day ${new Date(now).toISOString().slice(0, 10)}`;
}

/** The month of a time. */
export function monthOf(now: number): Period {
  return `month ${new Date(now).toISOString().slice(0, 7)}`;
}

/** The hour of a time. */
export function hourOf(now: number): Period {
  return `hour ${new Date(now).toISOString().slice(0, 13)}`;
}

/** The minute of a time. */
export function minuteOf(now: number): Period {
  return `minute ${new Date(now).toISOString().slice(0, 16)}`;
}

/** When the minute ends, in milliseconds since the epoch. */
export function endOfMinute(now: number): number {
  return (Math.floor(now / minuteMs) + 1) * minuteMs;
}

/** When the day ends. */
export function endOfDay(now: number): number {
  return (Math.floor(now / dayMs) + 1) * dayMs;
}

/** When the month ends. */
export function endOfMonth(now: number): number {
  const date = new Date(now);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1);
}
