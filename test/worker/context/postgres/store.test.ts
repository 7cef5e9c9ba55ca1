// Documents in Postgres: what ingestion writes, and what a search finds, by words, by vectors and by both.
import assert from "node:assert/strict";
import { after, afterEach, before, describe, test } from "node:test";
import { openAccess } from "../../../../worker/embeddings/access.ts";
import { PostgresConnection } from "../../../../worker/context/postgres/connection.ts";
import { postgresDocuments, type PostgresDocumentsSettings } from "../../../../worker/context/postgres/documents.ts";
import { nearestStatement } from "../../../../worker/context/postgres/nearest.ts";
import { spaceOf } from "../../../../worker/context/postgres/space.ts";
import { PostgresStore } from "../../../../worker/context/postgres/store.ts";
import type { StoredDocument } from "../../../../worker/context/ingestion-store.ts";
import { embeddingsAnswer, jsonAnswer, startFaultServer, type FaultServer } from "../../../fault-server/index.ts";
import { canary } from "../../../support/canary.ts";
import { startPglite, type Pglite } from "../../../../scripts/lib/postgres/pglite.ts";

const limits = { maxResults: 20, maxTokens: 100_000 };
const connection = { provider: "azure", variables: { endpoint: "ENDPOINT", apiKey: "KEY" } };

let postgres: Pglite;
let upstream: FaultServer;
before(async () => {
  [postgres, upstream] = await Promise.all([startPglite(), startFaultServer()]);
});
after(async () => {
  await postgres[Symbol.asyncDispose]();
  await upstream.close();
});
afterEach(() => upstream.reset());

const env = () => ({ HYPERDRIVE: postgres.connectionString, ENDPOINT: `${upstream.url}/openai/v1`, KEY: canary });
const embeddings = { connection, model: "hashed-words", dimensions: 64, asksForDimensions: true };
const modes = {
  text: { search: "text", minScore: 0.5 },
  vector: { search: "vector", embeddings, minSimilarity: 0.3 },
  hybrid: { search: "hybrid", embeddings, minScore: 0.5, minSimilarity: 0.3 },
} as const satisfies Record<string, PostgresDocumentsSettings>;

/** Opens the store that ingestion would use with these settings. */
async function open(assistant: string, settings: PostgresDocumentsSettings) {
  const { postgresDocuments: all } = postgresDocuments(settings);
  const client = await PostgresConnection.open(postgres.connectionString);
  const made = all.embeddings && { settings: all.embeddings, access: openAccess(all.embeddings.connection, env()) };
  const { language } = all;
  const store = new PostgresStore({ connection: client, assistant, language, ...(made ? { embeddings: made } : {}) });
  await store.migrate();
  return { store, [Symbol.asyncDispose]: () => client.close() };
}

async function find(assistant: string, settings: PostgresDocumentsSettings, text: string, signal?: AbortSignal) {
  const source = postgresDocuments(settings).open({ assistant, env: env() });
  const query = { text, question: text, conversation: [] };
  return (await source.search(query, limits, signal ?? new AbortController().signal)).map(({ id }) => id);
}

function documentOf(path: string, contents: string[], hash = "1"): StoredDocument {
  return { path, title: "Title", hash, chunks: contents.map((content) => ({ headings: [], content })) };
}

async function count(table: string): Promise<number> {
  const { rows } = await postgres.database.query<{ count: number }>(`SELECT count(*) FROM rivulet_chat.${table}`);
  return rows[0]?.count ?? 0;
}

for (const [mode, settings] of Object.entries(modes)) {
  describe(mode, () => {
    test("a document is found by its title, headings and content, with a link to the place", async () => {
      await using opened = await open(`fields-${mode}`, settings);
      const chunks = [{ headings: ["Ocelots", "Rainforest"], content: "About tapirs.", anchor: "rain" }];
      await opened.store.put({ path: "a.md", title: "Ocelots", url: "/cats", hash: "1", chunks });
      const source = postgresDocuments(settings).open({ assistant: `fields-${mode}`, env: env() });
      for (const text of ["Ocelots?", "rainforest", "the tapirs"]) {
        const query = { text, question: text, conversation: [] };
        const [result, ...others] = await source.search(query, limits, new AbortController().signal);
        const { score = 0, ...rest } = result ?? assert.fail(text);
        assert.ok(score > 0 && score <= 1, `${score}`);
        assert.deepEqual(rest, {
          id: "a.md#0",
          title: "Ocelots › Rainforest",
          content: "About tapirs.",
          url: "/cats#rain",
        });
        assert.deepEqual(others, []);
      }
      assert.deepEqual(await find(`fields-${mode}`, settings, "walrus"), []);
    });

    test("a new version replaces the old one, and a removed document is gone", async () => {
      const name = `versions-${mode}`;
      await using opened = await open(name, settings);
      const { store } = opened;
      const before = [await count("chunks"), await count("embeddings").catch(() => 0)];
      await store.put({ ...documentOf("a.md", ["walrus", "otter"]), validators: { etag: '"1"' } });
      assert.deepEqual(await store.hashes(), new Map([["a.md", { hash: "1", validators: { etag: '"1"' } }]]));
      await store.put(documentOf("a.md", ["badger"], "2"));
      assert.deepEqual(await find(name, settings, "walrus"), []);
      assert.deepEqual(await find(name, settings, "badger"), ["a.md#0"]);
      assert.deepEqual(await store.hashes(), new Map([["a.md", { hash: "2" }]]));
      await store.remove(["a.md", "unknown.md"]);
      assert.deepEqual(await find(name, settings, "badger"), []);
      assert.deepEqual([await count("chunks"), await count("embeddings").catch(() => 0)], before);
      await store.migrate();
      const { rows } = await postgres.database.query("SELECT * FROM rivulet_chat.vocabulary WHERE assistant = $1", [
        name,
      ]);
      assert.deepEqual(rows, []);
    });

    test("assistants have their own documents", async () => {
      await using one = await open(`one-${mode}`, settings);
      await using other = await open(`other-${mode}`, settings);
      await one.store.put(documentOf("a.md", ["walrus"]));
      await other.store.put(documentOf("a.md", ["otter"]));
      assert.deepEqual(await find(`one-${mode}`, settings, "walrus"), ["a.md#0"]);
      assert.deepEqual(await find(`one-${mode}`, settings, "otter"), []);
    });

    test("a run that breaks in the middle of a document leaves its last version", async () => {
      const name = `cut-${mode}`;
      await using opened = await open(name, settings);
      const large = (word: string) =>
        documentOf(
          "large.md",
          Array.from({ length: 40 }, () => word),
          word,
        );
      await opened.store.put(large("walrus"));
      const stop = new AbortController();
      const client = await PostgresConnection.open(postgres.connectionString);
      const query = client.query.bind(client);
      // The connection breaks after the old chunks are removed and the new ones written.
      client.query = async <Row>(statement: Parameters<typeof query>[0]) => {
        if (statement.text.includes("INSERT INTO rivulet_chat.vocabulary")) stop.abort(new Error("cut off"));
        return query<Row>(statement);
      };
      const { postgresDocuments: all } = postgresDocuments(settings);
      const made = all.embeddings && { settings: all.embeddings, access: openAccess(connection, env()) };
      const cut = new PostgresStore({
        connection: client,
        assistant: name,
        language: "en",
        ...(made && { embeddings: made }),
      });
      await assert.rejects(cut.put(large("otter"), stop.signal), /cut off/);
      assert.equal((await find(name, settings, "walrus")).length, 20);
      assert.deepEqual(await find(name, settings, "otter"), []);
      await opened.store.put(large("otter"));
      assert.deepEqual(await find(name, settings, "walrus"), []);
    });
  });
}

describe("words", () => {
  test("are found in all forms, with typing errors, in compounds, and in languages without spaces", async () => {
    await using german = await open("german", { ...modes.text, language: "de" });
    await german.store.put(
      documentOf("a.md", ["Die Versandkosten betragen fünf Euro.", "Die Batterien halten lange."]),
    );
    const ask = (text: string) => find("german", { search: "text", language: "de" }, text);
    assert.deepEqual(await ask("Was sind die Kosten für den Versand?"), ["a.md#0"]);
    assert.deepEqual(await ask("Baterie"), ["a.md#1"]);
    await using japanese = await open("japanese", { ...modes.text, language: "ja" });
    await japanese.store.put(documentOf("a.md", ["送料は五百円です。", "電池は長持ちします。"]));
    assert.deepEqual(await find("japanese", { search: "text", language: "ja" }, "送料はいくら"), ["a.md#0"]);
  });

  test("every term reaches the index as it is", async () => {
    await using opened = await open("terms", modes.text);
    const words = [
      "C++",
      "node.js",
      'say "hi"',
      "O'Brien",
      "back\\slash",
      "a & b | !c",
      "東京都",
      "😀 zebra",
      "nul\0l",
    ];
    for (const [index, word] of words.entries()) await opened.store.put(documentOf(`${index}.md`, [`${word} zebra`]));
    for (const [index, word] of words.entries())
      assert.equal((await find("terms", { search: "text", minScore: 0 }, `${word} zebra`))[0], `${index}.md#0`, word);
  });
});

describe("vectors", () => {
  test("the index of the assistant's own vectors is used", async () => {
    await using opened = await open("plan", modes.vector);
    await opened.store.put(documentOf("a.md", ["walrus", "otter"]));
    const space = spaceOf("plan", postgresDocuments(modes.vector).postgresDocuments.embeddings ?? assert.fail());
    const { text, values } = nearestStatement(
      space,
      Array.from({ length: 64 }, () => 1),
    );
    const plan = await postgres.database.transaction(async (transaction) => {
      await transaction.query("SET LOCAL enable_seqscan = off");
      return transaction.query(`EXPLAIN ${text}`, values);
    });
    assert.match(JSON.stringify(plan.rows), /Index Scan using embeddings_[0-9a-f]{32}/);
  });

  test("another model or number of dimensions makes all vectors again, and searches only its own", async () => {
    await using opened = await open("models", modes.vector);
    await opened.store.put(documentOf("a.md", ["walrus"]));
    assert.deepEqual((await opened.store.hashes()).get("a.md"), { hash: "1" });
    const wider = { ...modes.vector, embeddings: { ...embeddings, dimensions: 128 } };
    await assert.rejects(
      find("models", wider, "walrus"),
      /no vectors of hashed-words yet\. Run: npm run ingest -- models/,
    );
    await using again = await open("models", wider);
    assert.deepEqual((await again.store.hashes()).get("a.md"), { hash: "" });
    await again.store.put(documentOf("a.md", ["walrus"]));
    assert.deepEqual(await find("models", wider, "walrus"), ["a.md#0"]);
    await again.store.migrate();
    const { rows } = await postgres.database.query("SELECT space FROM rivulet_chat.spaces WHERE assistant = 'models'");
    assert.deepEqual(rows, [{ space: "models hashed-words 128" }], "the index of the old vectors is gone");
  });

  test("texts are sent in batches, and what was used is counted", async () => {
    await using opened = await open("batches", { ...modes.vector, embeddings: { ...embeddings, batchSize: 3 } });
    upstream.script(({ json }) => embeddingsAnswer(json, { tokens: 10 }));
    await opened.store.put(documentOf("a.md", ["one", "two", "three", "four"]));
    assert.deepEqual(
      upstream.requests.map(({ json }) => (json as { input: string[] }).input.length),
      [3, 1],
    );
    assert.deepEqual(opened.store.embedded, { tokens: 20, nanoUsd: undefined });
  });

  test("a server that is busy is asked again", async () => {
    await using opened = await open("busy", modes.vector);
    let left = 2;
    upstream.script(({ json }) =>
      left-- > 0 ? jsonAnswer(429, { error: {} }, { "retry-after-ms": "5" }) : embeddingsAnswer(json),
    );
    await opened.store.put(documentOf("a.md", ["walrus"]));
    assert.equal(upstream.requests.length, 3);
  });
});

test("what Postgres cannot store of a text is left out", async () => {
  await using opened = await open("unstorable", modes.text);
  const chunks = [{ headings: ["x\0y"], content: "otter\0 \ud800", anchor: "\0" }];
  await opened.store.put({ path: "a.md", title: "a\0b", url: "/a\0b", hash: "1", chunks });
  assert.deepEqual(await find("unstorable", modes.text, "otter"), ["a.md#0"]);
});

test("what is no connection string is told from a server that does not answer", async () => {
  for (const text of ["postgres://user:p#ss@127.0.0.1:1/db", "127.0.0.1:1/db", "mysql://a:b@127.0.0.1:1/c", "hello"])
    await assert.rejects(PostgresConnection.open(text), /write it as in postgres:\/\/user/, text);
  await assert.rejects(PostgresConnection.open("postgresql://a:p%23@127.0.0.1:1/c"), /cannot be reached/);
});

test("numbers that pgvector cannot store are the model's fault", async () => {
  await using opened = await open("huge", modes.vector);
  const vector = Array.from({ length: 64 }, () => 1e300);
  upstream.script(() => jsonAnswer(200, { data: [{ index: 0, embedding: vector }] }));
  await assert.rejects(
    opened.store.put(documentOf("a.md", ["walrus"])),
    /hashed-words did not return one valid vector/,
  );
});

test("a database of a later version is not written", async () => {
  await using opened = await open("later", modes.text);
  const { rows } = await postgres.database.query<{ version: number }>(
    "SELECT version FROM rivulet_chat.schema_versions",
  );
  await postgres.database.exec("UPDATE rivulet_chat.schema_versions SET version = 999");
  await assert.rejects(opened.store.migrate(), /version 999/);
  await postgres.database.exec(`UPDATE rivulet_chat.schema_versions SET version = ${rows[0]?.version}`);
});
