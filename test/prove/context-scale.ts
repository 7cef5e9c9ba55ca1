// What documents in D1 cost as their number grows: `npm run prove -- context-scale [chunks,chunks,…]`. Times are those
// of this machine alone: with D1 at Cloudflare, there is a network in between.
import { createHash } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { killNode, runNode, startNode } from "../../scripts/lib/lifetime.ts";
import { at } from "../../scripts/lib/root.ts";
import { documents } from "../../worker/context/full-text/documents.ts";
import { DocumentStore } from "../../worker/context/full-text/store.ts";
import { rowsOf, type DocumentsDatabase } from "../../worker/context/full-text/sql.ts";
import { startDocumentsDatabase } from "../support/documents-database.ts";
import { madeDocuments, madeQuestion } from "../support/made-documents.ts";
import { MeteredDatabase } from "../support/metered-database.ts";
import { seeded } from "../support/seeded.ts";
import { pool, spread } from "./figures.ts";

const questions = 200;
const kills = 10;
/** How many chunks there are in the ingestion that is killed. */
const killedChunks = 1000;
const program = at("test/support/ingest-documents-program.ts");

/** USD per million rows on Workers Paid, past the quota. https://developers.cloudflare.com/d1/platform/pricing/ */
const usdPerMillionRowsRead = 0.001;
const usdPerMillionRowsWritten = 1;

/** @param sizes the numbers of chunks to measure, separated by commas */
export async function prove(sizes = "1000,10000,100000"): Promise<object> {
  const grown: object[] = [];
  for (const chunks of sizes.split(",").map(Number)) grown.push(await grow(chunks));
  return { grown, killed: await killAndRunAgain() };
}

async function grow(chunks: number): Promise<object> {
  await using started = await startDocumentsDatabase();
  const database = new MeteredDatabase(started.database);
  const store = new DocumentStore(database, "scale", "en");
  await store.migrate();
  const all = [...madeDocuments(chunks)];
  const startedAt = performance.now();
  await pool(all.length, 4, async (index) => {
    const document = all[index];
    if (document) await store.put(document);
  });
  const seconds = (performance.now() - startedAt) / 1000;
  const written = database.take();
  return {
    chunks,
    ingestion: {
      chunksPerSecond: Math.round(chunks / seconds),
      rowsWrittenPerChunk: round(written.rowsWritten / chunks),
      usd: round((written.rowsWritten / 1e6) * usdPerMillionRowsWritten),
    },
    databaseMB: round(database.sizeBytes / 1e6),
    query: await ask(database, chunks),
    secondIngestion: await ingestAgain(database, chunks),
  };
}

async function ask(database: MeteredDatabase, chunks: number): Promise<object> {
  const source = documents({ minScore: 0 }).open({ assistant: "scale", env: { DOCUMENTS: database } });
  const limits = { maxResults: 6, maxTokens: 2400 };
  const ms: number[] = [];
  const sqlMs: number[] = [];
  const rowsRead: number[] = [];
  for (let index = 0; index < questions; index += 1) {
    const text = madeQuestion(chunks, index);
    database.take();
    const askedAt = performance.now();
    const results = await source.search(
      { text, question: text, conversation: [] },
      limits,
      AbortSignal.timeout(60_000),
    );
    ms.push(performance.now() - askedAt);
    if (results.length === 0) throw new Error(`Nothing was found for: ${text}`);
    const used = database.take();
    sqlMs.push(used.sqlMs);
    rowsRead.push(used.rowsRead);
  }
  const mean = rowsRead.reduce((sum, rows) => sum + rows, 0) / questions;
  const usdPer100kQuestions = round(mean * 0.1 * usdPerMillionRowsRead, 6);
  return { ms: spread(ms), sqlMs: spread(sqlMs), rowsRead: spread(rowsRead), usdPer100kQuestions };
}

async function ingestAgain(database: MeteredDatabase, chunks: number): Promise<object> {
  database.take();
  const store = new DocumentStore(database, "scale", "en");
  await store.migrate();
  const known = await store.hashes();
  for (const document of madeDocuments(chunks)) {
    if (known.get(document.path)?.hash !== document.hash) await store.put(document);
  }
  return { rowsWritten: database.take().rowsWritten };
}

async function killAndRunAgain(): Promise<object> {
  const whole = await inFolder(async (state) => {
    await ingestToTheEnd(state);
    return fingerprint(state);
  });
  const next = seeded(kills);
  const killedAfter: number[] = [];
  for (let round = 0; round < kills; round += 1) {
    await inFolder(async (state) => {
      killedAfter.push(await killDuringIngestion(state, next));
      await ingestToTheEnd(state);
      const again = await fingerprint(state);
      if (again !== whole) throw new Error(`Not equal after a kill in round ${round}`);
    });
  }
  return { rounds: kills, documentsWrittenBefore: killedAfter, equal: kills };
}

/** Kills the program and workerd with it. @returns how many documents it had written */
async function killDuringIngestion(state: string, next: () => number): Promise<number> {
  const child = startNode([program, state, String(killedChunks)], { stdio: ["ignore", "pipe", "inherit", "ipc"] });
  const documentsBefore = Math.floor((next() * killedChunks) / 20);
  let written = 0;
  const reached = new Promise<void>((resolve) => {
    child.stdout?.setEncoding("utf8").on("data", (text: string) => {
      written += text.split("\n").length - 1;
      if (written >= documentsBefore) resolve();
    });
  });
  await Promise.race([reached, once(child, "exit")]);
  await new Promise((resolve) => setTimeout(resolve, next() * 30)); // anywhere within the next document
  await killNode(child);
  return written;
}

async function ingestToTheEnd(state: string): Promise<void> {
  if ((await runNode([program, state, String(killedChunks)], { stdio: ["ignore", "ignore", "inherit", "ipc"] })) !== 0)
    throw new Error("The ingestion failed.");
}

/** A hash of everything that a reader can see and of the whole index, without the numbers of versions and rows. */
async function fingerprint(state: string): Promise<string> {
  await using started = await startDocumentsDatabase(state);
  const hash = createHash("sha256");
  for (const query of [
    "SELECT path, title, url, hash, pending FROM documents ORDER BY path",
    `SELECT path, position, chunks.headings, content, terms, chunks.version = documents.version FROM chunks
      LEFT JOIN documents ON documents.id = document ORDER BY path, position`,
    "SELECT * FROM index_terms",
    "SELECT * FROM reversed_terms",
  ]) {
    hash.update(JSON.stringify(await rows(started.database, query)));
  }
  return hash.digest("hex");
}

async function rows(database: DocumentsDatabase, query: string): Promise<unknown[]> {
  const [result] = await database.batch([database.prepare(query)]);
  return rowsOf(result);
}

async function inFolder<T>(job: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "rivulet-documents-"));
  try {
    return await job(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function round(value: number, digits = 2): number {
  return Number(value.toFixed(digits));
}
