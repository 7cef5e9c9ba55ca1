import { dayOf, endOfMinute, hourOf, monthOf, type Period } from "./periods.ts";
import type { NanoUsd } from "../models/prices.ts";
import { sqlOn, type Sql } from "../storage/sql.ts";

/** A reservation that is not settled yet. */
export interface Entry {
  key: string;
  visitor: string;
  address: string;
  nanoUsd: NanoUsd;
  /** When it cannot be running any longer, in milliseconds since the epoch. */
  until: number;
}

/** Numbers of turns. */
export interface TurnTotals {
  onDay: number;
  inMinute: number;
  /** Reservations that are open and may still be running. */
  running: number;
}

/** The figures that limits are checked against. */
export interface Balance extends TurnTotals {
  /** Amount spent or reserved in this period, by all visitors or by one visitor or address. */
  spent(period: "day" | "month" | "hour", who?: string): NanoUsd;
}

/**
 * The periods of an entry are those that it was reserved in: it is settled in the same ones.
 *
 * `spent`: what was spent per period by all visitors, by a visitor and by an address. Open reservations count in full.
 */
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

  /**
   * The figures that limits are checked against, for all visitors and for one visitor and address.
   * @param now milliseconds since the epoch
   */
  balance({ visitor, address }: Pick<Entry, "visitor" | "address">, now: number): Balance {
    const periods = { day: dayOf(now), month: monthOf(now), hour: hourOf(now) };
    const rows = this.#sql`
      SELECT period, who, nano_usd FROM spent
      WHERE period IN (${periods.day}, ${periods.month}, ${periods.hour}) AND who IN (${all}, ${visitor}, ${address})`;
    const spent = new Map(
      rows.map((row) => [`${String(row["period"])} ${String(row["who"])}`, Number(row["nano_usd"])]),
    );
    return { ...this.turns(now), spent: (period, who = all) => spent.get(`${periods[period]} ${who}`) ?? 0 };
  }

  /** How many turns began on this day and in this minute, and how many reservations may still be running. */
  turns(now: number): TurnTotals {
    const [row] = this.#sql`
      SELECT (SELECT count FROM turns WHERE unit = 'day' AND period = ${dayOf(now)}) AS on_day,
        (SELECT count FROM turns WHERE unit = 'minute' AND period = ${String(endOfMinute(now))}) AS in_minute,
        (SELECT count(*) FROM entry WHERE until > ${now}) AS running`;
    const count = (name: string) => Number(row?.[name] ?? 0);
    return { onDay: count("on_day"), inMinute: count("in_minute"), running: count("running") };
  }

  /** Opens a reservation, and counts its turn if it is the turn's first one. */
  open({ key, visitor, address, nanoUsd, until }: Entry, isFirst: boolean, now: number): void {
    const [day, month] = [dayOf(now), monthOf(now)];
    this.#storage.transactionSync(() => {
      this.#sql`
        INSERT INTO entry VALUES (${key}, ${visitor}, ${address}, ${nanoUsd}, ${day}, ${month}, ${until})`;
      if (nanoUsd > 0) {
        this.#add({ day, month, visitor, address }, nanoUsd);
        this.#sql`
          INSERT INTO spent VALUES (${hourOf(now)}, ${all}, ${nanoUsd})
          ON CONFLICT (period, who) DO UPDATE SET nano_usd = nano_usd + excluded.nano_usd`;
      }
      if (!isFirst) return;
      this.#sql`
        INSERT INTO turns VALUES ('day', ${day}, 1), ('minute', ${String(endOfMinute(now))}, 1)
        ON CONFLICT (unit) DO UPDATE
        SET count = iif(period = excluded.period, count, 0) + 1, period = excluded.period`;
    });
  }

  /** Closes a reservation with its actual cost. A missing reservation was closed earlier. */
  close(key: string, nanoUsd: NanoUsd): void {
    const [row] = this.#sql`DELETE FROM entry WHERE key = ${key} RETURNING *`;
    if (row === undefined) return;
    const by = nanoUsd - Number(row["nano_usd"]);
    if (by === 0) return;
    const { visitor, address, day, month } = row;
    this.#add({ day: String(day), month: String(month), visitor: String(visitor), address: String(address) }, by);
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

  #add({ day, month, visitor, address }: SpentBy, by: NanoUsd): void {
    this.#sql`
      INSERT INTO spent VALUES
        (${day}, ${all}, ${by}), (${day}, ${visitor}, ${by}), (${day}, ${address}, ${by}),
        (${month}, ${all}, ${by}), (${month}, ${visitor}, ${by}), (${month}, ${address}, ${by})
      ON CONFLICT (period, who) DO UPDATE SET nano_usd = nano_usd + excluded.nano_usd`;
  }
}

/** Who spent something, and the periods in which it counts. */
interface SpentBy {
  day: string;
  month: string;
  visitor: string;
  address: string;
}
