import { dayOf, endOfMinute, type Period } from "./periods.ts";
import type { NanoUsd } from "../models/prices.ts";

/** A reservation that is not settled. */
export interface Entry {
  key: string;
  visitor: string;
  address: string;
  nanoUsd: NanoUsd;
  /** The periods that it was reserved in: it is settled in the same ones. */
  day: Period;
  month: Period;
  /** When it cannot be running any more, in milliseconds since the epoch. */
  until: number;
}

type Row = Record<string, SqlStorageValue>;

/** What is spent in a period, for all, for a visitor and for an address; open reservations count in full. */
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

/** Everybody together. */
const all = "*";

/** A ledger's tables. Every method is synchronous, so each is one transaction by itself. */
export class LedgerBooks {
  readonly #storage: DurableObjectStorage;
  #cleanedOn: Period | undefined;

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage;
    storage.sql.exec(schema);
  }

  /** What is spent or reserved in a period, by everybody or by one visitor or address. */
  spent(period: Period, who = all): NanoUsd {
    return Number(this.#row("SELECT nano_usd AS n FROM spent WHERE period = ? AND who = ?", period, who)?.["n"] ?? 0);
  }

  /** Opens a reservation. */
  open(entry: Entry): void {
    const { key, visitor, address, nanoUsd, day, month, until } = entry;
    this.#storage.transactionSync(() => {
      this.#run(
        "INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?)",
        ...[key, visitor, address, nanoUsd, day, month, until],
      );
      this.#add(entry, nanoUsd);
    });
  }

  /** Closes a reservation with what was used. One that is not there was closed before. */
  close(key: string, nanoUsd: NanoUsd): void {
    const row = this.#row("SELECT * FROM entry WHERE key = ?", key);
    if (row === undefined) return;
    const { visitor, address, day, month } = row;
    const entry = { visitor: String(visitor), address: String(address), day: String(day), month: String(month) };
    this.#storage.transactionSync(() => {
      this.#add(entry, nanoUsd - Number(row["nano_usd"]));
      this.#run("DELETE FROM entry WHERE key = ?", key);
    });
  }

  /** How many reservations are open and may still be running. */
  running(now: number): number {
    return Number(this.#row("SELECT count(*) AS n FROM entry WHERE until > ?", now)?.["n"] ?? 0);
  }

  /** How many turns began in this day or minute. */
  turns(unit: "day" | "minute", now: number): number {
    const period = unit === "day" ? dayOf(now) : String(endOfMinute(now));
    return Number(this.#row("SELECT count AS n FROM turns WHERE unit = ? AND period = ?", unit, period)?.["n"] ?? 0);
  }

  /** Counts a turn in. */
  countTurn(now: number): void {
    for (const [unit, period] of [
      ["day", dayOf(now)],
      ["minute", String(endOfMinute(now))],
    ] as const) {
      this.#run("INSERT OR REPLACE INTO turns VALUES (?, ?, ?)", unit, period, this.turns(unit, now) + 1);
    }
  }

  /** Adds to what was reserved in an hour; returns the sum. */
  addToHour(hour: Period, nanoUsd: NanoUsd): NanoUsd {
    if (nanoUsd > 0) this.#addTo(hour, all, nanoUsd);
    return this.spent(hour);
  }

  /** Whether something is told for the first time. */
  markOnce(what: string): boolean {
    if (this.#row("SELECT what FROM told WHERE what = ?", what)) return false;
    this.#run("INSERT INTO told VALUES (?)", what);
    return true;
  }

  /** Takes away, once a day, what no limit asks about any more. Expired reservations stay spent, in full. */
  dropOld(now: number): void {
    const today = dayOf(now);
    if (this.#cleanedOn === today) return;
    this.#cleanedOn = today;
    this.#run("DELETE FROM entry WHERE until < ?", now);
    const twoMonthsMs = 62 * 24 * 60 * 60 * 1000;
    this.#run("DELETE FROM spent WHERE substr(period, instr(period, ' ') + 1) < ?", dayOf(now - twoMonthsMs).slice(4));
    this.#run("DELETE FROM told WHERE what NOT LIKE ?", `%${today.slice(4, 11)}%`);
  }

  #add(
    { day, month, visitor, address }: { day: string; month: string; visitor: string; address: string },
    by: NanoUsd,
  ) {
    if (by === 0) return;
    for (const period of [day, month]) for (const who of [all, visitor, address]) this.#addTo(period, who, by);
  }

  #addTo(period: string, who: string, by: NanoUsd): void {
    this.#run(
      `INSERT INTO spent VALUES (?, ?, ?) ON CONFLICT (period, who) DO UPDATE SET nano_usd = nano_usd + excluded.nano_usd`,
      ...[period, who, by],
    );
  }

  #row(query: string, ...values: SqlStorageValue[]): Row | undefined {
    return this.#storage.sql.exec<Row>(query, ...values).toArray()[0];
  }

  #run(query: string, ...values: SqlStorageValue[]): void {
    this.#storage.sql.exec(query, ...values);
  }
}
