// The example of a hybrid of D1 and Vectorize in docs/configuration.md: its code compiles, and does what the text says.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { at } from "../../../scripts/lib/root.ts";
import { DocumentStore } from "../../../worker/context/full-text/store.ts";
import { startDocumentsDatabase } from "../../support/documents-database.ts";
import { wordsAndMeanings } from "./words-and-meanings.ts";

test("docs/configuration.md has this file, with the package's exports", () => {
  const file = readFileSync(at("test/worker/hybrid-example/words-and-meanings.ts"), "utf8");
  const names = "documents, fuseRankings, type ContextResult, type ContextSourceDefinition";
  const body = file.slice(file.indexOf("/** The bindings")).trim();
  const code = `import { ${names} } from "rivulet-chat/worker";\n\n${body}`;
  assert.ok(readFileSync(at("docs/configuration.md"), "utf8").includes(`\`\`\`ts\n${code}\n\`\`\``));
  const exported = readFileSync(at("worker/library.ts"), "utf8");
  for (const name of names.replaceAll("type ", "").split(", ")) assert.match(exported, new RegExp(`\\b${name}\\b`));
});

test("what both find comes first, and what either finds is there", async () => {
  await using started = await startDocumentsDatabase();
  const store = new DocumentStore(started.database, "help", "en");
  await store.migrate();
  const chunks = ["Parcels: delivery takes three days.", "Delivery to islands.", "Gift cards."];
  await store.put({
    path: "a.md",
    title: "Parcels",
    hash: "1",
    chunks: chunks.map((content) => ({ headings: [], content })),
  });
  const asked: unknown[] = [];
  const matches = [
    { id: "b.md#0", score: 0.8, metadata: { title: "Shipping", content: "We ship by train.", url: "/ship" } },
    { id: "a.md#0", score: 0.7, metadata: { title: "Parcels", content: chunks[0] } },
    { id: "c.md#0", score: 0.1, metadata: {} },
  ];
  const answer =
    (result: object) =>
    (...values: unknown[]) => {
      asked.push(values);
      return Promise.resolve(result);
    };
  // Workers AI and Vectorize do not exist on this machine: their results are part of the test.
  const env = {
    DOCUMENTS: started.database,
    AI: { run: answer({ data: [[1, 0]] }) },
    VECTORS: { query: answer({ matches }) },
  };
  const source = wordsAndMeanings().open({ assistant: "help", env });
  const text = "How long does delivery of parcels take?";
  const query = { text, question: text, conversation: [] };
  const results = await source.search(query, { maxResults: 6, maxTokens: 2400 }, new AbortController().signal);
  assert.equal(results[0]?.id, "a.md#0");
  assert.deepEqual(results.find(({ id }) => id === "b.md#0")?.url, "/ship");
  assert.ok(!results.some(({ id }) => id === "c.md#0"), "what is not similar enough is left out");
  assert.deepEqual(asked, [
    ["@cf/baai/bge-m3", { text: [text] }],
    [[1, 0], { topK: 20, namespace: "help", returnMetadata: "all" }],
  ]);
});
