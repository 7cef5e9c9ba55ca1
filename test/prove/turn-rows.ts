// How many storage rows a turn of 300 events in ten seconds reads and writes. They are most of a turn's cost on
// the platform.
import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { anthropicAnswer, slowly } from "../fault-server/index.ts";
import { TestVisitor } from "../support/client.ts";
import { pieces, startRig } from "../worker/support/rig.ts";

interface Rows {
  kind: string;
  query: string;
  read: number;
  written: number;
}

/** Counts the rows of a visitor's first and second turn. */
export async function prove(): Promise<object> {
  await using rig = await startRig({ entry: "test/worker/turn-project/counting-entry.ts" });
  rig.upstream.script(slowly(33, anthropicAnswer({ text: pieces(295) })));
  const visitor = await TestVisitor.arrive(rig.worker.url, "chatty");
  const conversation = crypto.randomUUID();
  const turns = [];
  let counted = 0;
  for (const prompt of ["First", "Second"]) {
    const { frames } = await visitor.ask(prompt, { conversation });
    assert.equal(frames.length, 300);
    await sleep(500); // the ledger is settled after the end of the turn
    const all = rowsOf(rig.worker.output());
    turns.push(sum(all.slice(counted)));
    counted = all.length;
  }
  const [first, second] = turns;
  return { eventsEach: 300, first, second };
}

function rowsOf(output: string): Rows[] {
  const lines = output.split("\n").filter((line) => line.startsWith('{"event":"rows"'));
  return lines.map((line): Rows => JSON.parse(line));
}

function sum(all: readonly Rows[]): object {
  const of = (kind: string) => all.filter((rows) => rows.kind === kind && !rows.query.includes("__miniflare"));
  const total = (rows: readonly Rows[], field: "read" | "written") =>
    rows.reduce((count, row) => count + row[field], 0);
  const log = of("visitor").filter(({ query }) => query.includes(" log "));
  return {
    visitor: { read: total(of("visitor"), "read"), written: total(of("visitor"), "written") },
    ofWhichLog: total(log, "written"),
    ledger: { read: total(of("ledger"), "read"), written: total(of("ledger"), "written") },
  };
}
