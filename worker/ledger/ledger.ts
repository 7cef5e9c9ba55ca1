import { DurableObject } from "cloudflare:workers";
import type { ErrorCode } from "../../protocol/index.ts";
import { readSettings } from "../settings.ts";
import { log } from "../log.ts";
import { LedgerBooks } from "./books.ts";
import type { LedgerLimits } from "./limits.ts";
import { dayOf, endOfDay, endOfMinute, endOfMonth, monthOf, type Period } from "./periods.ts";
import type { NanoUsd } from "../models/prices.ts";

/** One attempt at a provider that wants to begin. */
export interface Reservation {
  /** Of this attempt alone. */
  key: string;
  assistant: string;
  /** Opaque ids of who asks, and from where. */
  visitor: string;
  address: string;
  /** The most that it can cost; 0 where the assistant has no cap. */
  nanoUsd: NanoUsd;
  /** After so many milliseconds it cannot be running any more. */
  expiresInMs: number;
  /** Whether it is a turn's first attempt: only that one counts as a turn. */
  isFirst: boolean;
  limits: LedgerLimits;
}

/** What the ledger says to an attempt that wants to begin. */
export type LedgerReply =
  | { allowed: true }
  | { allowed: false; code: Extract<ErrorCode, "rate_limited" | "budget_exhausted">; retryAfterMs: number };

/**
 * One assistant's ledger. Before each attempt it reserves the most that the attempt can cost, and refuses what would
 * pass a limit; after it the reservation is settled with what was used. A reservation that nobody settles stays spent:
 * whatever breaks, breaks on the safe side.
 */
export class LedgerObject extends DurableObject<object> {
  readonly #books: LedgerBooks;

  constructor(context: DurableObjectState, env: object) {
    super(context, env);
    this.#books = new LedgerBooks(context.storage);
  }

  /** Reserves the most that an attempt can cost, unless that would pass a limit. */
  reserve(wish: Reservation): LedgerReply | Promise<LedgerReply> {
    const now = Date.now();
    this.#books.dropOld(now);
    const refusal = this.#refusal(wish, now);
    if (refusal) return { allowed: false, ...refusal };
    const { key, visitor, address, nanoUsd, expiresInMs } = wish;
    this.#books.open({
      key,
      visitor,
      address,
      nanoUsd,
      day: dayOf(now),
      month: monthOf(now),
      until: now + expiresInMs,
    });
    if (wish.isFirst) this.#books.countTurn(now);
    this.#watch(wish, now);
    return { allowed: true };
  }

  /** Replaces a reservation by what was used. */
  settle(key: string, nanoUsd: NanoUsd): void {
    this.#books.close(key, nanoUsd);
  }

  /** Whether a turn could begin now, as far as the assistant's own limits go. */
  hasRoom(limits: LedgerLimits): boolean {
    const now = Date.now();
    const { turnsPerDay, nanoUsdPerDay = Infinity, nanoUsdPerMonth = Infinity } = limits;
    return (
      this.#books.turns("day", now) < turnsPerDay &&
      this.#books.spent(dayOf(now)) < nanoUsdPerDay &&
      this.#books.spent(monthOf(now)) < nanoUsdPerMonth
    );
  }

  /** Tells the operator that a provider refuses his key, model or request: once an hour. */
  reportRejection(assistant: string, detail: string): void {
    const hour = new Date().toISOString().slice(0, 13);
    if (this.#books.markOnce(`rejected ${hour}`)) this.#tell("provider_rejected", { assistant, detail });
  }

  #refusal(wish: Reservation, now: number): Omit<Extract<LedgerReply, { allowed: false }>, "allowed"> | undefined {
    const { limits, isFirst } = wish;
    if (isFirst) {
      if (this.#books.turns("day", now) >= limits.turnsPerDay) return rateLimited(endOfDay(now) - now);
      if (this.#books.turns("minute", now) >= limits.turnsPerMinute) return rateLimited(endOfMinute(now) - now);
      if (this.#books.running(now) >= limits.runningTurns) return rateLimited(5000);
    }
    const { nanoUsdPerDay, nanoUsdPerMonth } = limits;
    if (this.#passes(wish, dayOf(now), nanoUsdPerDay)) return exhausted(endOfDay(now) - now);
    if (this.#passes(wish, monthOf(now), nanoUsdPerMonth)) return exhausted(endOfMonth(now) - now);
    return undefined;
  }

  #passes({ nanoUsd, visitor, address, limits }: Reservation, period: Period, cap: NanoUsd | undefined): boolean {
    if (cap === undefined) return false;
    return (
      this.#books.spent(period) + nanoUsd > cap ||
      this.#books.spent(period, visitor) + nanoUsd > cap * limits.visitorShare ||
      this.#books.spent(period, address) + nanoUsd > cap * limits.addressShare
    );
  }

  /** Tells the operator, once a period, when most or all of a cap is used, and when an hour takes a quarter of a day's. */
  #watch({ assistant, limits, nanoUsd }: Reservation, now: number): void {
    const caps = [
      [dayOf(now), limits.nanoUsdPerDay],
      [monthOf(now), limits.nanoUsdPerMonth],
    ] as const;
    for (const [period, cap] of caps) {
      if (cap === undefined) continue;
      const spent = this.#books.spent(period);
      for (const percent of [80, 100]) {
        const isReached = spent >= (cap * percent) / 100 || (percent === 100 && spent + nanoUsd > cap);
        if (!isReached || !this.#books.markOnce(`${percent} ${period}`)) continue;
        this.#tell("budget_used", { assistant, percent, period });
      }
    }
    const perDay = limits.nanoUsdPerDay ?? (limits.nanoUsdPerMonth ?? Infinity) / 30;
    const hour = `hour ${new Date(now).toISOString().slice(0, 13)}` as const;
    if (this.#books.addToHour(hour, nanoUsd) > perDay / 4 && this.#books.markOnce(`unusual ${hour}`)) {
      this.#tell("unusual_rate", { assistant, period: hour });
    }
  }

  #tell(event: string, fields: Record<string, string | number>): void {
    log("warning", event, fields);
    const { webhookUrl } = readSettings(this.env);
    if (webhookUrl === undefined) return;
    const body = JSON.stringify({ event, ...fields, at: new Date().toISOString() });
    const headers = { "content-type": "application/json" };
    const sent = fetch(webhookUrl, { method: "POST", headers, body, signal: AbortSignal.timeout(10_000) });
    this.ctx.waitUntil(
      sent.then(
        (response) => response.body?.cancel(),
        () => log("error", "webhook_failed", { event }),
      ),
    );
  }
}

function rateLimited(retryAfterMs: number) {
  return { code: "rate_limited", retryAfterMs } as const;
}

function exhausted(retryAfterMs: number) {
  return { code: "budget_exhausted", retryAfterMs } as const;
}
