import type { NanoUsd } from "../models/prices.ts";
import { makeTables, migrate } from "../storage/migrations.ts";
import { sqlOn, type Row, type Sql } from "../storage/sql.ts";
import { dayOf, hourOf, minuteOf, monthOf, type Period } from "./periods.ts";
import { ledgerSchema } from "./schema.ts";

/** A reservation that is not settled yet. */
export interface Entry {
  key: string;
  visitor: string;
  address: string;
  nanoUsd: NanoUsd;
  /** The time after which its attempt cannot be running any longer, in milliseconds since the epoch. */
  until: number;
}

/** What somebody has used of an assistant's limits by now. Open reservations count in full. */
export interface Account {
  nanoUsdOnDay: NanoUsd;
  nanoUsdInMonth: NanoUsd;
  /** What was reserved in this hour. */
  nanoUsdInHour: NanoUsd;
  turnsOnDay: number;
  turnsInMinute: number;
  /** Open reservations whose attempts may still be running. */
  running: number;
}

/** The figures that limits are checked against: for everybody together, for one visitor and for one address. */
export interface Balance {
  all: Account;
  visitor: Account;
  address: Account;
}

/** The value of `who` in the row that counts all visitors together. */
const everybody = "*";

/** A ledger's tables. Every method is synchronous, so each of them is one transaction. */
export class LedgerBooks {
  readonly #storage: DurableObjectStorage;
  // oxlint-disable-next-line no-unused-private-class-members -- it is used as a tag
  readonly #sql: Sql;
  #cleanedOn: Period | undefined;

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage;
    this.#sql = sqlOn(storage);
    const hasTables = this.#sql`SELECT name FROM sqlite_master WHERE name = 'entry'`.length > 0;
    if (hasTables) migrate(storage, ledgerSchema);
    else makeTables(storage, ledgerSchema);
  }

  /**
   * What everybody, one visitor and one address have used.
   * @param now milliseconds since the epoch
   */
  balance({ visitor, address }: Pick<Entry, "visitor" | "address">, now: number): Balance {
    const rows = this.#sql`SELECT * FROM account WHERE who IN (${everybody}, ${visitor}, ${address})`;
    const [running] = this.#sql`
      SELECT count(*) AS everybody, sum(visitor = ${visitor}) AS visitor, sum(address = ${address}) AS address
      FROM entry WHERE until > ${now}`;
    const accountOf = (who: string, name: keyof Balance | "everybody"): Account => {
      const row = rows.find((each) => each["who"] === who);
      return readAccount(row, Number(running?.[name] ?? 0), now);
    };
    return {
      all: accountOf(everybody, "everybody"),
      visitor: accountOf(visitor, "visitor"),
      address: accountOf(address, "address"),
    };
  }

  /** Opens a reservation. Counts a turn if this is the turn's first reservation. */
  open({ key, visitor, address, nanoUsd, until }: Entry, isFirst: boolean, now: number): void {
    const turns = isFirst ? 1 : 0;
    this.#storage.transactionSync(() => {
      this.#sql`
        INSERT INTO entry VALUES (${key}, ${visitor}, ${address}, ${nanoUsd}, ${dayOf(now)}, ${monthOf(now)}, ${until})`;
      this.#add([everybody, visitor, address], { nanoUsd, turns }, now);
    });
  }

  #add(names: readonly string[], { nanoUsd, turns }: { nanoUsd: NanoUsd; turns: number }, now: number): void {
    const [day, month, hour, minute] = [dayOf(now), monthOf(now), hourOf(now), minuteOf(now)];
    this.#sql`
      INSERT INTO account
        SELECT value, ${day}, ${nanoUsd}, ${turns}, ${month}, ${nanoUsd}, ${hour}, ${nanoUsd}, ${minute}, ${turns}
        FROM json_each(${JSON.stringify(names)})
        WHERE true -- without it, ON CONFLICT would be read as part of a join
      ON CONFLICT (who) DO UPDATE SET
        nano_usd_on_day = iif(day = excluded.day, nano_usd_on_day, 0) + excluded.nano_usd_on_day,
        turns_on_day = iif(day = excluded.day, turns_on_day, 0) + excluded.turns_on_day,
        day = excluded.day,
        nano_usd_in_month = iif(month = excluded.month, nano_usd_in_month, 0) + excluded.nano_usd_in_month,
        month = excluded.month,
        nano_usd_in_hour = iif(hour = excluded.hour, nano_usd_in_hour, 0) + excluded.nano_usd_in_hour,
        hour = excluded.hour,
        turns_in_minute = iif(minute = excluded.minute, turns_in_minute, 0) + excluded.turns_in_minute,
        minute = excluded.minute`;
  }

  /** The accounts of these names, in the same order. They do not count running turns: `running` is 0. */
  counted(names: readonly string[], now: number): Account[] {
    const rows = this.#sql`SELECT * FROM account WHERE who IN (SELECT value FROM json_each(${JSON.stringify(names)}))`;
    return names.map((name) =>
      readAccount(
        rows.find((row) => row["who"] === name),
        0,
        now,
      ),
    );
  }

  /** Counts one more turn in this minute and on this day, for each of these names. */
  count(names: readonly string[], now: number): void {
    this.#add(names, { nanoUsd: 0, turns: 1 }, now);
  }

  /** Subtracts one turn from this day, for each of these names. The turn still counts in its minute. */
  uncount(names: readonly string[], now: number): void {
    this.#sql`
      UPDATE account SET turns_on_day = turns_on_day - 1
      WHERE who IN (SELECT value FROM json_each(${JSON.stringify(names)})) AND day = ${dayOf(now)} AND turns_on_day > 0`;
  }

  /** Closes a reservation with its actual cost. A missing reservation was closed or has expired: nothing changes. */
  close(key: string, nanoUsd: NanoUsd): void {
    this.#storage.transactionSync(() => {
      const [row] = this.#sql`DELETE FROM entry WHERE key = ${key} RETURNING *`;
      const by = nanoUsd - Number(row?.["nano_usd"]);
      if (row === undefined || by === 0) return;
      const { visitor, address, day, month } = row;
      this.#sql`
        UPDATE account SET
          nano_usd_on_day = nano_usd_on_day + iif(day = ${day}, ${by}, 0),
          nano_usd_in_month = nano_usd_in_month + iif(month = ${month}, ${by}, 0)
        WHERE who IN (${everybody}, ${visitor}, ${address})`;
    });
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

  /**
   * Once per day, removes what no limit needs any longer: expired reservations, accounts that spent nothing in this
   * month and had no turn today, and notices of earlier months. An expired reservation still counts as spent in full.
   */
  dropOld(now: number): void {
    const today = dayOf(now);
    if (this.#cleanedOn === today) return;
    this.#cleanedOn = today;
    this.#sql`DELETE FROM entry WHERE until < ${now}`;
    this.#sql`
      DELETE FROM account WHERE day < ${today} AND (month < ${monthOf(now)} OR nano_usd_in_month = 0)`;
    const thisMonth = `%${today.slice(4, 11)}%`;
    this.#sql`DELETE FROM told WHERE what NOT LIKE ${thisMonth}`;
  }
}

function readAccount(row: Row | undefined, running: number, now: number): Account {
  const read = (unit: string, period: Period, column: string) => (row?.[unit] === period ? Number(row[column]) : 0);
  return {
    nanoUsdOnDay: read("day", dayOf(now), "nano_usd_on_day"),
    nanoUsdInMonth: read("month", monthOf(now), "nano_usd_in_month"),
    nanoUsdInHour: read("hour", hourOf(now), "nano_usd_in_hour"),
    turnsOnDay: read("day", dayOf(now), "turns_on_day"),
    turnsInMinute: read("minute", minuteOf(now), "turns_in_minute"),
    running,
  };
}
