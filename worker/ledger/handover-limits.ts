import { defaultShares, type Assistant } from "../assistants/assistant.ts";
import type { Account } from "./books.ts";
import { endOfDay, endOfMinute } from "./periods.ts";
import type { Refusal } from "./refusal.ts";

/** How many messages to a person may be delivered per day: by everybody, by one visitor and by one address. */
export interface HandoverLimits {
  perDay: number;
  visitorPerDay: number;
  addressPerDay: number;
}

/**
 * How many deliveries may be tried per minute, by one visitor and by one address. A failed delivery counts towards the
 * minute, so that the operator's address is not flooded while deliveries to it fail. It does not count towards the day.
 */
const [visitorPerMinute, addressPerMinute] = [3, 10];

/** The lowest limit of one address, in messages per day, however small its share is. */
const smallestShare = 3;

/** Reads the limits from an assistant. */
export function handoverLimitsOf({ limits, budget }: Pick<Assistant, "limits" | "budget">): HandoverLimits {
  const { handoversPerDay: perDay, visitorHandoversPerDay: visitorPerDay } = limits;
  const { addressShare } = budget ?? defaultShares;
  return { perDay, visitorPerDay, addressPerDay: Math.max(Math.floor(perDay * addressShare), smallestShare) };
}

/** What everybody, the visitor and the address have sent. In these accounts, a turn is a message to a person. */
export interface HandoverAccounts {
  all: Account;
  visitor: Account;
  address: Account;
}

/** Checks one more message. @param now milliseconds since the epoch @returns undefined if it may be delivered */
export function handoverRefusalOf(
  { perDay, visitorPerDay, addressPerDay }: HandoverLimits,
  { all, visitor, address }: HandoverAccounts,
  now: number,
): Refusal | undefined {
  const refuse = (detail: string, end: number): Refusal => ({
    code: "rate_limited",
    retryAfterMs: end - now,
    detail: `${detail} used up the limit for messages to a person`,
  });
  if (all.turnsOnDay >= perDay) return refuse("everybody", endOfDay(now));
  if (visitor.turnsOnDay >= visitorPerDay) return refuse("the visitor", endOfDay(now));
  if (address.turnsOnDay >= addressPerDay) return refuse("the address", endOfDay(now));
  if (visitor.turnsInMinute >= visitorPerMinute) return refuse("the visitor", endOfMinute(now));
  return address.turnsInMinute >= addressPerMinute ? refuse("the address", endOfMinute(now)) : undefined;
}
