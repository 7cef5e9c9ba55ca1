import { dayOf, endOfMinute, type Period } from "./periods.ts";
import type { NanoUsd } from "../models/prices.ts";
import { sqlOn, type Row, type Sql } from "../storage/sql.ts";

/** A reservation that is not settled yet. */
export interface Entry {
  key: string;
  visitor: string;
  address: string;
  nanoUsd: NanoUsd;
  /** The periods that it was reserved in: it is settled in the same ones. */
  day: Period;
  month: Period;
  /** When it cannot be running any longer, in milliseconds since the epoch. */
  until: number;
}

/** `spent`: what was spent per period by everybody, by a visitor and by an address. Open reservations count in full. */
const schema = `
CREATE TABLE IF NOT EXISTS spent (
  period TEXT NOT NULL, who TEXT NOT NULL, nano_usd INTEGER NOT NULL, PRIMARY KEY (period, who)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS entry (
  key TEXT PRIMARY KEY, visitor TEXT NOT NULL, address TEXT NOT NULL, nano_usd INTEGER NOT NULL,
  day TEXT NOT NULL, month TEXT NOT NULL, until INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS turns (unit TEXT PRIMARY KEY, period TEXT NOT NULL, count INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS told (what TEXT PRIMARY KEY) WITHOUT ROWID;
`;

/** The `who` of all visitors together. */
const all = "*";

/** A ledger's tables. Every method is synchronous, so each of them is one transaction. */
export class LedgerBooks {
  readonly #storage: DurableObjectStorage;
  // oxlint-disable-next-line no-unused-private-class-members -- it is used as a tag
  readonly #sql: Sql;
  #cleanedOn: Period | undefined;

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage;
    this.#sql = sqlOn(storage);
    storage.sql.exec(schema);
  }

  /** What is spent or reserved in a period, by everybody or by one visitor or address. */
  spent(period: Period, who = all): NanoUsd {
    return countIn(this.#sql`SELECT nano_usd AS n FROM spent WHERE period = ${period} AND who = ${who}`);
  }

  /** Opens a reservation. */
  open(entry: Entry): void {
    const { key, visitor, address, nanoUsd, day, month, until } = entry;
    this.#storage.transactionSync(() => {
      this.#sql`
        INSERT INTO entry VALUES (${key}, ${visitor}, ${address}, ${nanoUsd}, ${day}, ${month}, ${until})`;
      this.#add(entry, nanoUsd);
    });
  }

  /** Closes a reservation with what was used. If it is not there, it was closed before. */
  close(key: string, nanoUsd: NanoUsd): void {
    const [row] = this.#sql`SELECT * FROM entry WHERE key = ${key}`;
    if (row === undefined) return;
    const { visitor, address, day, month } = row;
    const entry = { visitor: String(visitor), address: String(address), day: String(day), month: String(month) };
    this.#storage.transactionSync(() => {
      this.#add(entry, nanoUsd - Number(row["nano_usd"]));
      this.#sql`DELETE FROM entry WHERE key = ${key}`;
    });
  }

  /** How many reservations are open and may still be running. */
  running(now: number): number {
    return countIn(this.#sql`SELECT count(*) AS n FROM entry WHERE until > ${now}`);
  }

  /** How many turns began in this day or minute. */
  turns(unit: "day" | "minute", now: number): number {
    const period = unit === "day" ? dayOf(now) : String(endOfMinute(now));
    return countIn(this.#sql`SELECT count AS n FROM turns WHERE unit = ${unit} AND period = ${period}`);
  }

  /** Counts a turn. */
  countTurn(now: number): void {
    for (const [unit, period] of [
      ["day", dayOf(now)],
      ["minute", String(endOfMinute(now))],
    ] as const) {
      this.#sql`INSERT OR REPLACE INTO turns VALUES (${unit}, ${period}, ${this.turns(unit, now) + 1})`;
    }
  }

  /** Adds to what was reserved in an hour; returns the sum. */
  addToHour(hour: Period, nanoUsd: NanoUsd): NanoUsd {
    if (nanoUsd > 0) this.#addTo(hour, all, nanoUsd);
    return this.spent(hour);
  }

  /**
   * Records that the operator is notified of something.
   * @returns whether this is the first time
   */
  markNotified(what: string): boolean {
    if (this.#sql`SELECT what FROM told WHERE what = ${what}`.length > 0) return false;
    this.#sql`INSERT INTO told VALUES (${what})`;
    return true;
  }

  /** Once per day, removes what no limit needs any longer. Expired reservations still count as spent in full. */
  dropOld(now: number): void {
    const today = dayOf(now);
    if (this.#cleanedOn === today) return;
    this.#cleanedOn = today;
    this.#sql`DELETE FROM entry WHERE until < ${now}`;
    const twoMonthsMs = 62 * 24 * 60 * 60 * 1000;
    const oldest = dayOf(now - twoMonthsMs).slice(4);
    this.#sql`DELETE FROM spent WHERE substr(period, instr(period, ' ') + 1) < ${oldest}`;
    const thisMonth = `%${today.slice(4, 11)}%`;
    this.#sql`DELETE FROM told WHERE what NOT LIKE ${thisMonth}`;
  }

  #add(
    { day, month, visitor, address }: { day: string; month: string; visitor: string; address: string },
    by: NanoUsd,
  ) {
    if (by === 0) return;
    for (const period of [day, month]) for (const who of [all, visitor, address]) this.#addTo(period, who, by);
  }

  #addTo(period: string, who: string, by: NanoUsd): void {
    this.#sql`
      INSERT INTO spent VALUES (${period}, ${who}, ${by})
      ON CONFLICT (period, who) DO UPDATE SET nano_usd = nano_usd + excluded.nano_usd`;
  }
}

function countIn([row]: readonly Row[]): number {
  return Number(row?.["n"] ?? 0);
}
