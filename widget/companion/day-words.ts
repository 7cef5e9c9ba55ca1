const dayMs = 86_400_000;

/** The number of a day in the calendar that the visitor's device shows. A day with 23 or 25 hours counts as one. */
export function dayOf(time: number): number {
  const date = new Date(time);
  return Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / dayMs;
}

/** When the next day begins, in milliseconds since the epoch. */
export function nextDay(now: number): number {
  const date = new Date(now);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + 1).getTime();
}

/**
 * The name of a day, as a heading: "Today", "Yesterday", or its date, with the year if it is not the current one.
 * @param time a moment of that day, in milliseconds since the epoch
 * @param lang BCP 47 tag
 */
export function dayWords(time: number, now: number, lang: string): string {
  const daysAgo = dayOf(now) - dayOf(time);
  const isNear = daysAgo === 0 || daysAgo === 1;
  const words = isNear
    ? new Intl.RelativeTimeFormat(lang, { numeric: "auto" }).format(-daysAgo, "day")
    : dateWords(time, now, lang);
  const [first = ""] = words;
  return first.toLocaleUpperCase(lang) + words.slice(first.length);
}

function dateWords(time: number, now: number, lang: string): string {
  const isThisYear = new Date(time).getFullYear() === new Date(now).getFullYear();
  const options = isThisYear ? ({ weekday: "long" } as const) : ({ year: "numeric" } as const);
  return new Intl.DateTimeFormat(lang, { day: "numeric", month: "long", ...options }).format(time);
}
