import type { Balance } from "./books.ts";
import { dayOf, hourOf, monthOf, type Period } from "./periods.ts";
import type { Wish } from "./refusal.ts";

/** Something that the operator is notified of once. */
export interface Notice {
  /** The operator is notified once per key. */
  key: string;
  event: "budget_used" | "turns_used" | "unusual_rate";
  fields: { period: Period; percent?: number; limit?: string };
}

/** How much of a limit is used. */
interface Use {
  limit: string;
  used: number;
  of: number;
  /** The period in which each percentage of the limit is reported at most once. */
  period: Period;
}

/**
 * What the operator is told after an attempt has been reserved: that 80 or 100 percent of a limit is used, or that one
 * hour uses more than a quarter of a day's cap. If only the month has a cap, a day's cap is a thirtieth of it. The
 * limits on turns per minute and on running turns are reported once per hour, because within an hour they can be
 * reached and have room again many times.
 * @param balance before the reservation
 * @param now milliseconds since the epoch
 */
export function noticesOf({ nanoUsd, isFirst, limits }: Wish, { all }: Balance, now: number): Notice[] {
  const [day, month, hour] = [dayOf(now), monthOf(now), hourOf(now)];
  const turn = isFirst ? 1 : 0;
  const turns: Use[] = [
    { limit: "turnsPerDay", used: all.turnsOnDay + turn, of: limits.turnsPerDay, period: day },
    { limit: "turnsPerMinute", used: all.turnsInMinute + turn, of: limits.turnsPerMinute, period: hour },
    { limit: "runningTurns", used: all.running + 1, of: limits.runningTurns, period: hour },
  ];
  const { nanoUsdPerDay = Infinity, nanoUsdPerMonth = Infinity } = limits;
  const money: Use[] = [
    { limit: "usdPerDay", used: all.nanoUsdOnDay + nanoUsd, of: nanoUsdPerDay, period: day },
    { limit: "usdPerMonth", used: all.nanoUsdInMonth + nanoUsd, of: nanoUsdPerMonth, period: month },
  ];
  const isUnusual = all.nanoUsdInHour + nanoUsd > (limits.nanoUsdPerDay ?? nanoUsdPerMonth / 30) / 4;
  return [
    ...money.flatMap((use) => reached(use, nanoUsd).map((percent) => budgetUsed(use, percent))),
    ...turns.flatMap((use) => reached(use, 0).map((percent) => turnsUsed(use, percent))),
    ...(isUnusual ? [{ key: `unusual ${hour}`, event: "unusual_rate", fields: { period: hour } } as const] : []),
  ];
}

/**
 * The percentages of a limit, 80 and 100, that are reached.
 * @param next what the next attempt probably uses: a limit that has no room for it counts as used up
 */
function reached({ used, of }: Use, next: number): number[] {
  return [80, 100].filter((percent) => used >= (of * percent) / 100 || (percent === 100 && used + next > of));
}

function budgetUsed({ limit, period }: Use, percent: number): Notice {
  return { key: `${percent} ${period}`, event: "budget_used", fields: { limit, percent, period } };
}

function turnsUsed({ limit, period }: Use, percent: number): Notice {
  return { key: `${percent} ${limit} ${period}`, event: "turns_used", fields: { limit, percent, period } };
}
