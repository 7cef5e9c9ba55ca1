import type { Failure } from "../conversation/state.ts";
import type { Strings } from "../strings/languages.ts";
import { fill, plural } from "../strings/plural.ts";
import { spaceAfter } from "../strings/space-after.ts";
import type { ViewContext } from "../view/context.ts";
import { secondsLeft } from "../view/notice.ts";

/** A wait of at least this many seconds is shown as the time of the retry, not as a countdown. */
const countsBelowSeconds = 60;

/**
 * Says when a failed request can or will be sent again. The words follow the failure's text.
 * @returns an empty string if the request can be sent again now
 */
export function waitWords(failure: Failure, { strings, now }: ViewContext): string {
  const seconds = secondsLeft(failure, now);
  if (seconds === 0) return "";
  return spaceAfter(strings.failures[failure.code]) + words(failure, seconds, strings);
}

function words({ isAutomatic, retryAt = 0 }: Failure, seconds: number, strings: Strings): string {
  if (isAutomatic) return plural(strings.lang, strings.sendsIn, seconds);
  if (seconds < countsBelowSeconds) return plural(strings.lang, strings.retryIn, seconds);
  const isToday = new Date(retryAt).toDateString() === new Date().toDateString();
  const style = isToday ? ({ timeStyle: "short" } as const) : ({ dateStyle: "medium", timeStyle: "short" } as const);
  return fill(strings.retryAt, { time: new Intl.DateTimeFormat(strings.lang, style).format(retryAt) });
}
