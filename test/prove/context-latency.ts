// `npm run prove -- context-latency [chunks]`: how much retrieval adds to the time to the first piece of an answer, one
// question at a time. Compares documents in D1 with no documents, and a slow source and ledger with quick ones.
import assert from "node:assert/strict";
import { openLocalDatabase } from "../../scripts/lib/ingest/local-database.ts";
import { routes } from "../../protocol/index.ts";
import { DocumentStore } from "../../worker/context/full-text/store.ts";
import { anthropicAnswer } from "../fault-server/index.ts";
import { ending, readStream, TestVisitor } from "../support/client.ts";
import { madeDocuments, madeQuestion } from "../support/made-documents.ts";
import { makeFolder, removeFolder } from "../support/worker.ts";
import { startRig } from "../worker/support/rig.ts";
import { pool } from "./figures.ts";

/** How many questions each assistant gets, after `warmUp` questions that do not count. */
const counted = 40;
const warmUp = 10;
/**
 * Upper bounds of the added time, in milliseconds: by documents, and by a search of 300 ms together with a ledger of
 * 150 ms.
 */
const maxAddedMs = { scale: 15, late: 310 };

/** @param size how many passages the documents have */
export async function prove(size = "10000"): Promise<object> {
  const chunks = Number(size);
  const state = await makeFolder("latency");
  try {
    await ingest(state, chunks);
    await using rig = await startRig({ entry: "test/worker/latency-project/entry.ts", state });
    rig.upstream.script(anthropicAnswer({ text: ["So", "."] }));
    const assistants = ["plain", "scale", "quick", "late"] as const;
    const visitors = new Map<string, TestVisitor>();
    for (const id of assistants) visitors.set(id, await TestVisitor.arrive(rig.worker.url, id));
    const times = new Map<string, number[]>(assistants.map((id) => [id, []]));
    for (let round = 0; round < warmUp + counted; round += 1) {
      for (const id of assistants) {
        const visitor = visitors.get(id) ?? assert.fail();
        const ms = await firstPieceMs(visitor, madeQuestion(chunks, round));
        if (round >= warmUp) times.get(id)?.push(ms);
      }
    }
    const medianOf = (id: string) => median(times.get(id) ?? []);
    const medianMs = Object.fromEntries(assistants.map((id) => [id, round(medianOf(id))]));
    const addedMs = {
      byDocuments: round(medianOf("scale") - medianOf("plain")),
      bySearchOf300AndLedgerOf150: round(medianOf("late") - medianOf("quick")),
    };
    const figures = { chunks, questions: counted, medianMs, addedMs };
    console.log(JSON.stringify(figures));
    assert.ok(addedMs.byDocuments <= maxAddedMs.scale, `${addedMs.byDocuments} ms by documents`);
    assert.ok(addedMs.bySearchOf300AndLedgerOf150 <= maxAddedMs.late);
    return figures;
  } finally {
    await removeFolder(state);
  }
}

async function ingest(state: string, chunks: number): Promise<void> {
  const { database, close } = await openLocalDatabase("DOCUMENTS", state);
  const store = new DocumentStore(database, "scale", "en");
  await store.migrate();
  const all = [...madeDocuments(chunks)];
  await pool(all.length, 4, async (index) => {
    const document = all[index];
    if (document) await store.put(document);
  });
  await close();
}

/** How long the first piece of an answer takes to arrive after its question is sent, in milliseconds. */
async function firstPieceMs(visitor: TestVisitor, userPrompt: string): Promise<number> {
  const body = { conversation: crypto.randomUUID(), id: crypto.randomUUID(), userPrompt };
  const askedAt = performance.now();
  const response = await visitor.send(routes.messages, { body });
  let seenAt: number | undefined;
  const streamed = await readStream(response, ({ event }) => {
    if (event.type === "delta") seenAt ??= performance.now();
  });
  assert.equal(ending(streamed).type, "response");
  return (seenAt ?? assert.fail("no piece")) - askedAt;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}

function round(ms: number): number {
  return Math.round(ms * 10) / 10;
}
