import type { ErrorCode } from "../../protocol/index.ts";
import type { NanoUsd } from "../models/prices.ts";
import type { Account, Balance } from "./books.ts";
import type { LedgerLimits } from "./limits.ts";
import { endOfDay, endOfMinute, endOfMonth } from "./periods.ts";

/** Why an attempt may not begin, and after how many milliseconds another one may. */
export interface Refusal {
  code: Extract<ErrorCode, "rate_limited" | "budget_exhausted">;
  retryAfterMs: number;
  /** For the operator's log: which limit, and whose. */
  detail: string;
}

/** The part of a reservation that limits depend on. */
export interface Wish {
  nanoUsd: NanoUsd;
  /** Whether it is the first attempt of a turn. Only that one counts as a turn. */
  isFirst: boolean;
  limits: LedgerLimits;
}

/** A share is at least this many turns, so that a visitor of an assistant with low limits can ask more than once. */
const smallestShare = 3;

/** How long to wait for one of the running turns to end, in milliseconds. */
const runningWaitMs = 5000;

/** The account of everybody, a visitor or an address, and the part of the assistant's limits that they may use. */
interface Holder {
  /** What the log calls them. */
  name: string;
  account: Account;
  share: number;
  turnsPerDay: number;
  turnsPerMinute: number;
}

/**
 * Checks an attempt against the limits of everybody, of its visitor and of its address.
 * @param now milliseconds since the epoch
 * @returns undefined if it may begin
 */
export function refusalOf(wish: Wish, balance: Balance, now: number): Refusal | undefined {
  const holders = holdersOf(wish.limits, balance);
  for (const holder of holders) {
    const refusal = wish.isFirst ? turnRefusal(wish.limits, holder, now) : undefined;
    if (refusal !== undefined) return refusal;
  }
  for (const holder of holders) {
    const refusal = moneyRefusal(wish, holder, now);
    if (refusal !== undefined) return refusal;
  }
  return undefined;
}

function holdersOf(limits: LedgerLimits, { all, visitor, address }: Balance): readonly Holder[] {
  const { visitorShare, addressShare, visitorTurnsPerDay, visitorTurnsPerMinute } = limits;
  const unlimited = { turnsPerDay: Infinity, turnsPerMinute: Infinity };
  const own = { turnsPerDay: visitorTurnsPerDay, turnsPerMinute: visitorTurnsPerMinute };
  return [
    { name: "everybody", account: all, share: 1, ...unlimited },
    { name: "the visitor", account: visitor, share: visitorShare, ...own },
    { name: "the address", account: address, share: addressShare, ...unlimited },
  ];
}

function turnRefusal(limits: LedgerLimits, holder: Holder, now: number): Refusal | undefined {
  const { account, share, name } = holder;
  const refuse = (limit: string, retryAfterMs: number): Refusal => ({
    code: "rate_limited",
    retryAfterMs,
    detail: `${name} used up ${limit}`,
  });
  const perDay = Math.min(shareOf(limits.turnsPerDay, share), holder.turnsPerDay);
  if (account.turnsOnDay >= perDay) return refuse("turnsPerDay", endOfDay(now) - now);
  const perMinute = Math.min(shareOf(limits.turnsPerMinute, share), holder.turnsPerMinute);
  if (account.turnsInMinute >= perMinute) return refuse("turnsPerMinute", endOfMinute(now) - now);
  if (account.running >= shareOf(limits.runningTurns, share)) return refuse("runningTurns", runningWaitMs);
  return undefined;
}

/** A part of a limit, in whole turns. */
function shareOf(turns: number, share: number): number {
  return Math.min(turns, Math.max(Math.floor(turns * share), smallestShare));
}

function moneyRefusal({ nanoUsd, limits }: Wish, { name, account, share }: Holder, now: number): Refusal | undefined {
  const { nanoUsdPerDay = Infinity, nanoUsdPerMonth = Infinity } = limits;
  const refuse = (cap: string, retryAfterMs: number): Refusal => ({
    code: "budget_exhausted",
    retryAfterMs,
    detail: `${name} used up ${cap}`,
  });
  if (account.nanoUsdOnDay + nanoUsd > nanoUsdPerDay * share) return refuse("usdPerDay", endOfDay(now) - now);
  if (account.nanoUsdInMonth + nanoUsd > nanoUsdPerMonth * share) return refuse("usdPerMonth", endOfMonth(now) - now);
  return undefined;
}
