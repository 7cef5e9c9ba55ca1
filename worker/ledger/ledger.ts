import { DurableObject } from "cloudflare:workers";
import type { ErrorCode } from "../../protocol/index.ts";
import { readSettings } from "../settings.ts";
import { log } from "../log.ts";
import { LedgerBooks } from "./books.ts";
import type { LedgerLimits } from "./limits.ts";
import { dayOf, endOfDay, endOfMinute, endOfMonth, monthOf, type Period } from "./periods.ts";
import type { NanoUsd } from "../models/prices.ts";

/** Asks the ledger to reserve the cost of one attempt at a provider. */
export interface Reservation {
  /** Unique to this attempt. */
  key: string;
  assistant: string;
  /** Opaque ids of the visitor and of their address. */
  visitor: string;
  address: string;
  /** Upper bound of the attempt's cost; 0 if the assistant has no cap. */
  nanoUsd: NanoUsd;
  /** After this many milliseconds the attempt cannot be running any longer. */
  expiresInMs: number;
  /** Whether it is the first attempt of a turn. Only that one counts as a turn. */
  isFirst: boolean;
  limits: LedgerLimits;
}

/** The ledger's reply to a reservation. */
export type LedgerReply =
  | { allowed: true }
  | { allowed: false; code: Extract<ErrorCode, "rate_limited" | "budget_exhausted">; retryAfterMs: number };

/**
 * One assistant's ledger. Before each attempt it reserves an upper bound of the attempt's cost, and refuses the attempt
 * if that would exceed a limit. After the attempt, the reservation is settled with what was used. A reservation that is
 * never settled counts as spent, so no failure can lead to more spending than the limits allow.
 */
export class LedgerObject extends DurableObject<object> {
  readonly #books: LedgerBooks;

  constructor(context: DurableObjectState, env: object) {
    super(context, env);
    this.#books = new LedgerBooks(context.storage);
  }

  /** Reserves the upper bound of an attempt's cost, unless that would exceed a limit. */
  reserve(reservation: Reservation): LedgerReply | Promise<LedgerReply> {
    const now = Date.now();
    this.#books.dropOld(now);
    const refusal = this.#refusal(reservation, now);
    if (refusal) return { allowed: false, ...refusal };
    const { key, visitor, address, nanoUsd, expiresInMs } = reservation;
    this.#books.open({
      key,
      visitor,
      address,
      nanoUsd,
      day: dayOf(now),
      month: monthOf(now),
      until: now + expiresInMs,
    });
    if (reservation.isFirst) this.#books.countTurn(now);
    this.#reportHighSpending(reservation, now);
    return { allowed: true };
  }

  /** Replaces a reservation with what was used. */
  settle(key: string, nanoUsd: NanoUsd): void {
    this.#books.close(key, nanoUsd);
  }

  /** Whether the assistant's own limits allow a turn to begin now. */
  hasRoom(limits: LedgerLimits): boolean {
    const now = Date.now();
    const { turnsPerDay, nanoUsdPerDay = Infinity, nanoUsdPerMonth = Infinity } = limits;
    return (
      this.#books.turns("day", now) < turnsPerDay &&
      this.#books.spent(dayOf(now)) < nanoUsdPerDay &&
      this.#books.spent(monthOf(now)) < nanoUsdPerMonth
    );
  }

  /** Notifies the operator, at most once per hour, that a provider refuses their key, model or request. */
  reportRejection(assistant: string, detail: string): void {
    const hour = new Date().toISOString().slice(0, 13);
    if (this.#books.markNotified(`rejected ${hour}`)) this.#notify("provider_rejected", { assistant, detail });
  }

  #refusal(
    reservation: Reservation,
    now: number,
  ): Omit<Extract<LedgerReply, { allowed: false }>, "allowed"> | undefined {
    const { limits, isFirst } = reservation;
    if (isFirst) {
      if (this.#books.turns("day", now) >= limits.turnsPerDay) return rateLimited(endOfDay(now) - now);
      if (this.#books.turns("minute", now) >= limits.turnsPerMinute) return rateLimited(endOfMinute(now) - now);
      if (this.#books.running(now) >= limits.runningTurns) return rateLimited(5000);
    }
    const { nanoUsdPerDay, nanoUsdPerMonth } = limits;
    if (this.#wouldExceed(reservation, dayOf(now), nanoUsdPerDay)) return exhausted(endOfDay(now) - now);
    if (this.#wouldExceed(reservation, monthOf(now), nanoUsdPerMonth)) return exhausted(endOfMonth(now) - now);
    return undefined;
  }

  #wouldExceed({ nanoUsd, visitor, address, limits }: Reservation, period: Period, cap: NanoUsd | undefined): boolean {
    if (cap === undefined) return false;
    return (
      this.#books.spent(period) + nanoUsd > cap ||
      this.#books.spent(period, visitor) + nanoUsd > cap * limits.visitorShare ||
      this.#books.spent(period, address) + nanoUsd > cap * limits.addressShare
    );
  }

  /**
   * Notifies the operator, once per period, when 80 and 100 percent of a cap are used, and when an hour uses more than a
   * quarter of a day's cap.
   */
  #reportHighSpending({ assistant, limits, nanoUsd }: Reservation, now: number): void {
    const caps = [
      [dayOf(now), limits.nanoUsdPerDay],
      [monthOf(now), limits.nanoUsdPerMonth],
    ] as const;
    for (const [period, cap] of caps) {
      if (cap === undefined) continue;
      const spent = this.#books.spent(period);
      for (const percent of [80, 100]) {
        const isReached = spent >= (cap * percent) / 100 || (percent === 100 && spent + nanoUsd > cap);
        if (!isReached || !this.#books.markNotified(`${percent} ${period}`)) continue;
        this.#notify("budget_used", { assistant, percent, period });
      }
    }
    const perDay = limits.nanoUsdPerDay ?? (limits.nanoUsdPerMonth ?? Infinity) / 30;
    const hour = `hour ${new Date(now).toISOString().slice(0, 13)}` as const;
    if (this.#books.addToHour(hour, nanoUsd) > perDay / 4 && this.#books.markNotified(`unusual ${hour}`)) {
      this.#notify("unusual_rate", { assistant, period: hour });
    }
  }

  /** Logs a warning and sends it to the operator's webhook, if there is one. */
  #notify(event: string, fields: Record<string, string | number>): void {
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
