import type { Schema } from "../storage/migrations.ts";

/**
 * The tables of one assistant's ledger.
 *
 * - `account` has one row for everybody together, one per visitor and one per address: what they spent or reserved, and
 *   how many turns they began, in the latest day, month, hour and minute in which they asked. Open reservations count
 *   in full. An attempt writes its three rows when it is reserved, and again when it is settled at another cost. Rows
 *   whose names begin with `handover` count messages to a person in the same way, as turns that cost nothing.
 * - `entry` holds the open reservations. `day` and `month` say when a reservation was made. Settling it corrects only
 *   accounts that still count that day or month, because no limit needs an earlier one.
 * - `told` holds what the operator was notified of.
 */
const tables = `
CREATE TABLE account (
  who TEXT PRIMARY KEY,
  day TEXT NOT NULL, nano_usd_on_day INTEGER NOT NULL, turns_on_day INTEGER NOT NULL,
  month TEXT NOT NULL, nano_usd_in_month INTEGER NOT NULL,
  hour TEXT NOT NULL, nano_usd_in_hour INTEGER NOT NULL,
  minute TEXT NOT NULL, turns_in_minute INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE entry (
  key TEXT PRIMARY KEY, visitor TEXT NOT NULL, address TEXT NOT NULL, nano_usd INTEGER NOT NULL,
  day TEXT NOT NULL, month TEXT NOT NULL, until INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE told (what TEXT PRIMARY KEY) WITHOUT ROWID;
`;

/**
 * From version 1 to 2: one row per visitor, one per address and one for everybody together, instead of one row per
 * period and counter. The turns of the current minute start again at zero.
 */
const accounts = `
CREATE TABLE account (
  who TEXT PRIMARY KEY,
  day TEXT NOT NULL, nano_usd_on_day INTEGER NOT NULL, turns_on_day INTEGER NOT NULL,
  month TEXT NOT NULL, nano_usd_in_month INTEGER NOT NULL,
  hour TEXT NOT NULL, nano_usd_in_hour INTEGER NOT NULL,
  minute TEXT NOT NULL, turns_in_minute INTEGER NOT NULL
) WITHOUT ROWID;
INSERT INTO account
  SELECT who, coalesce(max(period) FILTER (WHERE period LIKE 'day %'), ''), 0, 0,
    coalesce(max(period) FILTER (WHERE period LIKE 'month %'), ''), 0,
    coalesce(max(period) FILTER (WHERE period LIKE 'hour %'), ''), 0, '', 0
  FROM spent GROUP BY who;
UPDATE account SET
  nano_usd_on_day = coalesce((SELECT nano_usd FROM spent WHERE period = day AND spent.who = account.who), 0),
  nano_usd_in_month = coalesce((SELECT nano_usd FROM spent WHERE period = month AND spent.who = account.who), 0),
  nano_usd_in_hour = coalesce((SELECT nano_usd FROM spent WHERE period = hour AND spent.who = account.who), 0);
INSERT OR IGNORE INTO account VALUES ('*', '', 0, 0, '', 0, '', 0, '', 0);
UPDATE account SET nano_usd_on_day = iif(day = period, nano_usd_on_day, 0), day = period, turns_on_day = count
  FROM turns WHERE unit = 'day' AND who = '*';
DROP TABLE spent;
DROP TABLE turns;
`;

/** The tables of a ledger, and the migrations from earlier versions. */
export const ledgerSchema: Schema = { tables, migrations: [accounts] };
