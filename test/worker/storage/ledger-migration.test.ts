// A ledger that version 1 stored: its spending and its turns still count.
import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { test } from "node:test";
import { dayOf, hourOf, monthOf } from "../../../worker/ledger/periods.ts";
import { ledgerSchema } from "../../../worker/ledger/schema.ts";
import { makeTables, migrate } from "../../../worker/storage/migrations.ts";
import { startFaultServer } from "../../fault-server/index.ts";
import { endingCode } from "../../support/client.ts";
import { storedObjects } from "../../support/object-storage.ts";
import { makeFolder, removeFolder } from "../../support/worker.ts";
import { askOnce, books, startLedgerWorker } from "../support/ledger-rig.ts";
import { SqliteStorage } from "../support/sqlite-storage.ts";
import { ledgerTables1 } from "./ledger-schema-1.ts";

const now = Date.now();

/** Replaces a ledger's tables with those of version 1, with this spending and this many turns today. */
function toVersion1(database: DatabaseSync, used: { nanoUsd: number; turns: number }): void {
  database.exec("DROP TABLE account; DROP TABLE entry; DROP TABLE told; DROP VIEW schema_version");
  database.exec(ledgerTables1);
  for (const period of [dayOf(now), monthOf(now), hourOf(now), "day 2026-01-01"]) {
    database.prepare("INSERT INTO spent VALUES (?, '*', ?)").run(period, used.nanoUsd);
    database.prepare("INSERT INTO spent VALUES (?, 'visitor 1', ?)").run(period, used.nanoUsd);
  }
  database.prepare("INSERT INTO turns VALUES ('day', ?, ?)").run(dayOf(now), used.turns);
  database.prepare("INSERT INTO turns VALUES ('minute', '1763000000000', 1)").run();
}

/** Asks once on new state, turns the ledger into one of version 1, and asks again. */
async function askAfterMigration(assistant: string, used: { nanoUsd: number; turns: number }) {
  await using upstream = await startFaultServer();
  const state = await makeFolder("ledger");
  {
    await using worker = await startLedgerWorker(upstream, state);
    assert.equal(endingCode(await askOnce(worker, assistant)), "ok");
  }
  const [stored] = storedObjects(state, "Ledger").filter(({ name }) => name === assistant);
  {
    using database = new DatabaseSync(stored?.file ?? assert.fail());
    toVersion1(database, used);
  }
  await using worker = await startLedgerWorker(upstream, state);
  const code = endingCode(await askOnce(worker, assistant));
  const { paid } = books(state, assistant);
  await worker.stop();
  await removeFolder(state);
  return { code, paid };
}

test("what was spent in version 1 counts: one turn more than the cap allows is refused", async () => {
  const spent = { nanoUsd: 999_500_000, turns: 1 };
  assert.deepEqual(await askAfterMigration("azure-counted", spent), { code: "budget_exhausted", paid: 999_500 });
});

test("turns that began in version 1 count, without a budget, too", async () => {
  assert.equal((await askAfterMigration("per-day", { nanoUsd: 0, turns: 20 })).code, "rate_limited");
  assert.equal((await askAfterMigration("per-day", { nanoUsd: 0, turns: 19 })).code, "ok");
});

/** The statements that made a ledger's tables. */
function shapeOf(storage: SqliteStorage): unknown {
  return storage.rows("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name");
}

test("migrated tables have the shape of new ones, and the accounts of version 1", () => {
  const fresh = new SqliteStorage();
  makeTables(fresh.storage, ledgerSchema);
  const old = new SqliteStorage();
  makeTables(old.storage, ledgerSchema);
  toVersion1(old.database, { nanoUsd: 5, turns: 7 });
  assert.notDeepEqual(shapeOf(old), shapeOf(fresh));
  migrate(old.storage, ledgerSchema);
  assert.deepEqual(shapeOf(old), shapeOf(fresh));
  const [day, month, hour] = [dayOf(now), monthOf(now), hourOf(now)];
  const money = { day, nano_usd_on_day: 5, month, nano_usd_in_month: 5, hour, nano_usd_in_hour: 5 };
  const accounts = [
    { who: "*", ...money, turns_on_day: 7, minute: "", turns_in_minute: 0 },
    { who: "visitor 1", ...money, turns_on_day: 0, minute: "", turns_in_minute: 0 },
  ];
  assert.deepEqual(old.rows("SELECT * FROM account ORDER BY who").map((row) => ({ ...row })), accounts); // prettier-ignore
});

test("a ledger of version 1 that nobody had asked gets an account for everybody", () => {
  const old = new SqliteStorage();
  old.database.exec(ledgerTables1);
  migrate(old.storage, ledgerSchema);
  assert.deepEqual(
    old.rows("SELECT who, turns_on_day FROM account").map((row) => ({ ...row })),
    [{ who: "*", turns_on_day: 0 }],
  );
});
