import { DurableObject } from "cloudflare:workers";
import { readSettings } from "../settings.ts";
import { log } from "../log.ts";
import { LedgerBooks } from "./books.ts";
import { handoverRefusalOf, type HandoverLimits } from "./handover-limits.ts";
import type { LedgerLimits } from "./limits.ts";
import { noticesOf } from "./notices.ts";
import { refusalOf, type Refusal, type Wish } from "./refusal.ts";
import type { NanoUsd } from "../models/prices.ts";

/** Asks the ledger to reserve the cost of one attempt at a provider. */
export interface Reservation extends Wish {
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
}

/** Opaque ids of the visitor who writes to a person, and of their address. */
export type HandoverSender = Pick<Reservation, "visitor" | "address">;

/** The names under which messages to a person are counted: for everybody, for the visitor and for the address. */
function handoverNames({ visitor, address }: HandoverSender): string[] {
  return ["handover", `handover ${visitor}`, `handover ${address}`];
}

/** The ledger's reply to a reservation. */
export type LedgerReply = { allowed: true } | ({ allowed: false } & Refusal);

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
    const { key, assistant, visitor, address, nanoUsd, expiresInMs, isFirst } = reservation;
    const balance = this.#books.balance(reservation, now);
    const refusal = refusalOf(reservation, balance, now);
    if (refusal) return { allowed: false, ...refusal };
    this.#books.open({ key, visitor, address, nanoUsd, until: now + expiresInMs }, isFirst, now);
    for (const notice of noticesOf(reservation, balance, now)) {
      if (this.#books.markNotified(notice.key)) this.#notify(notice.event, { assistant, ...notice.fields });
    }
    return { allowed: true };
  }

  /** Replaces a reservation with what was used. */
  settle(key: string, nanoUsd: NanoUsd): void {
    this.#books.close(key, nanoUsd);
  }

  /** Counts a message to a person, unless that would exceed a limit. */
  countHandover(by: HandoverSender, limits: HandoverLimits): LedgerReply {
    const now = Date.now();
    this.#books.dropOld(now);
    const names = handoverNames(by);
    const [all, visitor, address] = this.#books.counted(names, now);
    if (!all || !visitor || !address) throw new Error("an account is missing from the books");
    const refusal = handoverRefusalOf(limits, { all, visitor, address }, now);
    if (refusal) return { allowed: false, ...refusal };
    this.#books.count(names, now);
    return { allowed: true };
  }

  /** Corrects the day's count after a message could not be delivered. The message still counts in its minute. */
  uncountHandover(by: HandoverSender): void {
    this.#books.uncount(handoverNames(by), Date.now());
  }

  /** Whether the assistant's turns per day and caps on spending leave room for a turn. No other limits are checked. */
  hasRoom(limits: LedgerLimits): boolean {
    const { turnsPerDay, nanoUsdPerDay = Infinity, nanoUsdPerMonth = Infinity } = limits;
    const { all } = this.#books.balance({ visitor: "", address: "" }, Date.now());
    return all.turnsOnDay < turnsPerDay && all.nanoUsdOnDay < nanoUsdPerDay && all.nanoUsdInMonth < nanoUsdPerMonth;
  }

  /** Notifies the operator, at most once per hour, that a provider refuses their key, model or request. */
  reportRejection(assistant: string, detail: string): void {
    const hour = new Date().toISOString().slice(0, 13);
    if (this.#books.markNotified(`rejected ${hour}`)) this.#notify("provider_rejected", { assistant, detail });
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
