import type { Failure } from "../conversation/state.ts";
import { fill, plural } from "../strings/plural.ts";
import type { ViewContext } from "../view/context.ts";
import { secondsLeft } from "../view/notice.ts";

/** From this wait on, in seconds, the time of the retry is shown instead of a countdown. */
const countsBelowSeconds = 60;

/** When a failed request can be sent again, or will be. An empty string if that is now. */
export function waitWords(failure: Failure, { strings, now }: ViewContext): string {
  const { isAutomatic, retryAt = 0 } = failure;
  const seconds = secondsLeft(failure, now);
  if (seconds === 0) return "";
  if (isAutomatic) return plural(strings.lang, strings.sendsIn, seconds);
  if (seconds < countsBelowSeconds) return plural(strings.lang, strings.retryIn, seconds);
  const isToday = new Date(retryAt).toDateString() === new Date().toDateString();
  const style = isToday ? ({ timeStyle: "short" } as const) : ({ dateStyle: "medium", timeStyle: "short" } as const);
  return fill(strings.retryAt, { time: new Intl.DateTimeFormat(strings.lang, style).format(retryAt) });
}
