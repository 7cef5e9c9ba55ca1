import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { documents } from "../../../../worker/context/full-text/documents.ts";
import { analysisOf } from "../../../../worker/context/full-text/chunk-terms.ts";
import { migrations } from "../../../../worker/context/full-text/migrations.ts";
import { DocumentStore } from "../../../../worker/context/full-text/store.ts";
import type { KnownDocument, StoredDocument } from "../../../../worker/context/ingestion-store.ts";
import { rowsOf, sqlOn, type Statement } from "../../../../worker/context/full-text/sql.ts";
import { startDocumentsDatabase, type TestDatabase } from "../../../support/documents-database.ts";

const limits = { maxResults: 20, maxTokens: 100_000 };

describe("documents in D1", () => {
  let started: TestDatabase;
  before(async () => (started = await startDocumentsDatabase()));
  after(async () => started[Symbol.asyncDispose]());

  async function open(assistant: string): Promise<DocumentStore> {
    const store = new DocumentStore(started.database, assistant, "en");
    await store.migrate();
    return store;
  }

  async function find(assistant: string, text: string): Promise<string[]> {
    const source = documents({ minScore: 0 }).open({ assistant, env: { DOCUMENTS: started.database } });
    const query = { text, question: text, conversation: [] };
    return (await source.search(query, limits, new AbortController().signal)).map(({ id }) => id);
  }

  async function count(table: "chunks" | "documents"): Promise<number> {
    const [result] = await started.database.batch([started.database.prepare(`SELECT count(*) AS count FROM ${table}`)]);
    return rowsOf<{ count: number }>(result)[0]?.count ?? 0;
  }

  test("a document is found by its title, headings and content", async () => {
    const store = await open("fields");
    const chunks = [{ headings: ["Rainforest"], content: "About tapirs." }];
    await store.put({ path: "a.md", title: "Ocelots", hash: "1", chunks });
    for (const text of ["Ocelot?", "rainforests", "tapir"]) assert.deepEqual(await find("fields", text), ["a.md#0"]);
    assert.deepEqual(await find("fields", "walrus"), []);
  });

  test("a new version replaces the old one, and a removed document is gone", async () => {
    const store = await open("versions");
    const before = await count("chunks");
    await store.put(documentOf("a.md", ["walrus", "otter"]));
    await store.put(documentOf("a.md", ["badger"], "2"));
    assert.deepEqual(await find("versions", "walrus"), []);
    assert.deepEqual(await find("versions", "badger"), ["a.md#0"]);
    assert.deepEqual(await store.hashes(), new Map([["a.md", { hash: "2" }]]));
    assert.equal(await count("chunks"), before + 1);
    await store.remove(["a.md", "unknown.md"]);
    assert.deepEqual(await find("versions", "badger"), []);
    assert.deepEqual(await store.hashes(), new Map());
    assert.equal(await count("chunks"), before);
  });

  test("assistants have their own documents and frequencies", async () => {
    const [one, other] = [await open("one"), await open("other")];
    await one.put(documentOf("a.md", ["walrus"]));
    await other.put(documentOf("a.md", ["otter"]));
    assert.deepEqual(await find("one", "walrus otter"), ["a.md#0"]);
    assert.deepEqual(await find("one", "otter"), []);
    await other.remove(["a.md"]);
    assert.deepEqual(await find("one", "walrus"), ["a.md#0"]);
  });

  test("the ids of assistants cannot reach into each other's terms", async () => {
    await (await open("shop")).put(documentOf("a.md", ["help"]));
    await (await open("shop help")).put(documentOf("b.md", ["walrus"]));
    assert.deepEqual(await find("shop help", "help"), []);
    assert.deepEqual(await find("shop", "help"), ["a.md#0"]);
  });

  test("readers see the old version of a large document until the new one is complete", async () => {
    const store = await open("whole");
    await store.put(largeDocument("walrus"));
    const seen: string[] = [];
    const watched = watch(async () => seen.push(...(await find("whole", "walrus otter"))));
    const writer = new DocumentStore(watched, "whole", "en");
    await writer.put(largeDocument("otter"));
    assert.ok(seen.length > 0);
    assert.deepEqual(await find("whole", "walrus"), []);
    assert.equal((await find("whole", "otter")).length, limits.maxResults);
  });

  test("a run that was cut off anywhere leaves readers the old version, and the next run ends equal", async () => {
    const store = await open("cut");
    await store.put(largeDocument("walrus"));
    const chunks = await count("chunks");
    for (let batches = 0; batches < 4; batches += 1) {
      const writer = new DocumentStore(cutAfter(batches), "cut", "en");
      await assert.rejects(writer.put(largeDocument("otter")), /cut off/);
      assert.equal((await find("cut", "walrus")).length, limits.maxResults, `after ${batches} batches`);
      assert.deepEqual(await find("cut", "otter"), []);
      await (await open("cut")).migrate();
      assert.equal(await count("chunks"), chunks, `after ${batches} batches`);
    }
    const newOne = new DocumentStore(cutAfter(2), "cut", "en");
    await assert.rejects(newOne.put({ ...largeDocument("badger"), path: "new.md" }), /cut off/);
    assert.deepEqual([...(await store.hashes()).keys()], ["large.md"]);
    await store.migrate();
    assert.equal(await count("chunks"), chunks);
    await store.put(largeDocument("otter"));
    assert.deepEqual(await find("cut", "walrus"), []);
    assert.equal(await count("chunks"), chunks);
  });

  test("two runs at the same time never publish half of a document", async () => {
    await open("race");
    let isFirst = true;
    const slow = watch(async () => {
      if (!isFirst) return;
      isFirst = false;
      await new DocumentStore(started.database, "race", "en").put(largeDocument("walrus"));
    });
    await assert.rejects(new DocumentStore(slow, "race", "en").put(largeDocument("otter")), /Another run/);
    assert.deepEqual(await find("race", "otter"), []);
    assert.equal((await find("race", "walrus")).length, limits.maxResults);
  });

  test("an aborted signal ends writing", async () => {
    const store = await open("aborted");
    await assert.rejects(store.put(documentOf("a.md", ["walrus"]), AbortSignal.abort(new Error("stopped"))), /stopped/);
    assert.deepEqual(await store.hashes(), new Map());
  });

  test("documents whose terms were made for another language are to be written again", async () => {
    await (await open("tongues")).put(documentOf("a.md", ["walrus"]));
    const other = new DocumentStore(started.database, "tongues", "de");
    assert.deepEqual(await other.hashes(), new Map([["a.md", { hash: "" }]]));
  });

  test("every term reaches the index as it is", async () => {
    const store = await open("terms");
    const words = [
      "C++",
      "node.js",
      "@scope/name",
      'say "hi"',
      "AND",
      "NEAR(a b)",
      "Größe",
      "東京都",
      "ภาษาไทย",
      "مكتبة",
      "a_b",
      "x-1",
      "😀",
      "*",
    ];
    for (const [index, word] of words.entries()) await store.put(documentOf(`${index}.md`, [`${word} zebra`]));
    const { analyze } = await import("../../../../worker/context/text/analyze.ts");
    for (const [index, word] of words.entries()) {
      if (analyze(word, "en").length === 0) continue;
      assert.equal((await find("terms", word))[0], `${index}.md#0`, word);
    }
  });

  test("a database of the first version gets validators, and its documents stay", async () => {
    await using first = await startDocumentsDatabase();
    const { database } = first;
    await database.batch([
      ...["CREATE TABLE schema_versions (version INTEGER PRIMARY KEY) STRICT", ...(migrations[0] ?? [])].map(
        (statement) => database.prepare(statement),
      ),
      sqlOn(database)`INSERT INTO schema_versions VALUES (1)`,
      sqlOn(database)`
        INSERT INTO documents (assistant, path, title, language, analysis, hash, version)
        VALUES ('first', 'old.md', 'Old', 'en', ${analysisOf("en")}, '1', 1)`,
    ]);
    const store = new DocumentStore(database, "first", "en");
    const old = ["old.md", { hash: "1" }] as const;
    assert.deepEqual(await store.hashes(), new Map([old]), "before the migration, as in a dry run");
    await store.migrate();
    const validators = { etag: '"a"', links: ["/docs/b"] };
    await store.put({ ...documentOf("https://example.com/docs/a", ["walrus"]), validators });
    const page = ["https://example.com/docs/a", { hash: "1", validators }] as const;
    assert.deepEqual(await store.hashes(), new Map<string, KnownDocument>([old, page]));
    await store.put(documentOf("https://example.com/docs/a", ["otter"], "2"));
    assert.deepEqual((await store.hashes()).get("https://example.com/docs/a"), { hash: "2" });
  });

  test("tables of a later version are not written", async () => {
    const later = await startDocumentsDatabase();
    await using _ = later;
    const store = new DocumentStore(later.database, "any", "en");
    await store.migrate();
    await later.database.batch([sqlOn(later.database)`INSERT INTO schema_versions VALUES (999)`]);
    await assert.rejects(store.migrate(), /version 999/);
  });

  /** A database that calls back after each batch. */
  function watch(called: () => Promise<unknown>) {
    const { database } = started;
    return {
      prepare: (query: string) => database.prepare(query),
      async batch(statements: Statement[]) {
        const results = await database.batch(statements);
        await called();
        return results;
      },
    };
  }

  /** A database whose connection breaks after some batches. */
  function cutAfter(batches: number) {
    let left = batches;
    const { database } = started;
    return {
      prepare: (query: string) => database.prepare(query),
      async batch(statements: Statement[]) {
        if (left === 0) throw new Error("cut off");
        left -= 1;
        return database.batch(statements);
      },
    };
  }
});

function documentOf(path: string, contents: string[], hash = "1"): StoredDocument {
  return { path, title: "Title", hash, chunks: contents.map((content) => ({ headings: [], content })) };
}

/** A document that needs several batches. */
function largeDocument(word: string): StoredDocument {
  return documentOf(
    "large.md",
    Array.from({ length: 300 }, () => `${word} ${"· ".repeat(1200)}`),
    word,
  );
}
