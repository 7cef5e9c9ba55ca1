import { DurableObject } from "cloudflare:workers";
import type { ErrorCode } from "../../protocol/index.ts";
import { readSettings } from "../settings.ts";
import { log } from "../log.ts";
import { LedgerBooks, type Balance } from "./books.ts";
import type { LedgerLimits } from "./limits.ts";
import { dayOf, endOfDay, endOfMinute, endOfMonth, hourOf, monthOf } from "./periods.ts";
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
    const { key, visitor, address, nanoUsd, expiresInMs, isFirst } = reservation;
    const balance = this.#books.balance(reservation, now);
    const refusal = refusalOf(reservation, balance, now);
    if (refusal) return { allowed: false, ...refusal };
    this.#books.open({ key, visitor, address, nanoUsd, until: now + expiresInMs }, isFirst, now);
    this.#reportHighSpending(reservation, balance, now);
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
    const { onDay, spent } = this.#books.balance({ visitor: "", address: "" }, now);
    return onDay < turnsPerDay && spent("day") < nanoUsdPerDay && spent("month") < nanoUsdPerMonth;
  }

  /** Notifies the operator, at most once per hour, that a provider refuses their key, model or request. */
  reportRejection(assistant: string, detail: string): void {
    const hour = new Date().toISOString().slice(0, 13);
    if (this.#books.markNotified(`rejected ${hour}`)) this.#notify("provider_rejected", { assistant, detail });
  }

  /**
   * Notifies the operator, once per period, when 80 and 100 percent of a cap are used, and when an hour uses more than a
   * quarter of a day's cap.
   */
  #reportHighSpending({ assistant, limits, nanoUsd }: Reservation, balance: Balance, now: number): void {
    const caps = [
      ["day", dayOf(now), limits.nanoUsdPerDay],
      ["month", monthOf(now), limits.nanoUsdPerMonth],
    ] as const;
    for (const [unit, period, cap] of caps) {
      if (cap === undefined) continue;
      const spent = balance.spent(unit) + nanoUsd;
      for (const percent of [80, 100]) {
        const isReached = spent >= (cap * percent) / 100 || (percent === 100 && spent + nanoUsd > cap);
        if (!isReached || !this.#books.markNotified(`${percent} ${period}`)) continue;
        this.#notify("budget_used", { assistant, percent, period });
      }
    }
    const perDay = limits.nanoUsdPerDay ?? (limits.nanoUsdPerMonth ?? Infinity) / 30;
    const period = hourOf(now);
    if (balance.spent("hour") + nanoUsd > perDay / 4 && this.#books.markNotified(`unusual ${period}`)) {
      this.#notify("unusual_rate", { assistant, period });
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

type Refusal = Omit<Extract<LedgerReply, { allowed: false }>, "allowed">;

function refusalOf(reservation: Reservation, balance: Balance, now: number): Refusal | undefined {
  const { limits, isFirst } = reservation;
  if (isFirst) {
    if (balance.onDay >= limits.turnsPerDay) return rateLimited(endOfDay(now) - now);
    if (balance.inMinute >= limits.turnsPerMinute) return rateLimited(endOfMinute(now) - now);
    if (balance.running >= limits.runningTurns) return rateLimited(5000);
  }
  if (wouldExceed(reservation, balance, "day", limits.nanoUsdPerDay)) return exhausted(endOfDay(now) - now);
  if (wouldExceed(reservation, balance, "month", limits.nanoUsdPerMonth)) return exhausted(endOfMonth(now) - now);
  return undefined;
}

function wouldExceed(
  { nanoUsd, visitor, address, limits }: Reservation,
  { spent }: Balance,
  period: "day" | "month",
  cap: NanoUsd | undefined,
): boolean {
  if (cap === undefined) return false;
  return (
    spent(period) + nanoUsd > cap ||
    spent(period, visitor) + nanoUsd > cap * limits.visitorShare ||
    spent(period, address) + nanoUsd > cap * limits.addressShare
  );
}

function rateLimited(retryAfterMs: number) {
  return { code: "rate_limited", retryAfterMs } as const;
}

function exhausted(retryAfterMs: number) {
  return { code: "budget_exhausted", retryAfterMs } as const;
}
