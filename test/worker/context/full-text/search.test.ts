import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { documents, type DocumentsSettings } from "../../../../worker/context/full-text/documents.ts";
import { MissingTablesError } from "../../../../worker/context/full-text/database-errors.ts";
import { DocumentStore, type StoredDocument } from "../../../../worker/context/full-text/store.ts";
import type { ContextResult } from "../../../../worker/context/source.ts";
import { startDocumentsDatabase, type TestDatabase } from "../../../support/documents-database.ts";

const limits = { maxResults: 6, maxTokens: 2400 };
const noSignal = new AbortController().signal;

const german = [
  passage("versand.md", "Versandkosten", "Innerhalb Deutschlands berechnen wir 4,90 Euro je Bestellung."),
  passage("rueckgabe.md", "Rückgabe", "Sie können Artikel innerhalb von 30 Tagen zurückgeben."),
  passage("kosten.md", "Reparatur", "Die Kosten für den Versand der reparierten Geräte tragen wir."),
  passage("garantie.md", "Garantie", "Auf Kaffeemaschinen geben wir zwei Jahre Garantie."),
  passage("bank.md", "Bank", "Der Jahreszins wird vor dem Abschluss angezeigt."),
];
const english = [
  passage("returns.md", "Returning items", "You can return an item within 30 days. Refunds take a week."),
  passage("delivery.md", "Delivery", "Parcels leave our warehouse on working days and take three days."),
  passage("warranty.md", "Warranty", "Coffee machines have a warranty of two years."),
];

describe("the source of documents", () => {
  let started: TestDatabase;
  before(async () => {
    started = await startDocumentsDatabase();
    await ingest("german", "de", german);
    await ingest("english", "en", english);
  });
  after(async () => started[Symbol.asyncDispose]());

  async function ingest(assistant: string, language: string, all: readonly StoredDocument[]): Promise<void> {
    const store = new DocumentStore(started.database, assistant, language);
    await store.migrate();
    for (const document of all) await store.put(document);
  }

  async function search(
    assistant: string,
    text: string,
    settings: DocumentsSettings = {},
  ): Promise<readonly ContextResult[]> {
    const source = documents(settings).open({ assistant, env: { DOCUMENTS: started.database } });
    return source.search({ text, question: text, conversation: [] }, limits, noSignal);
  }

  async function paths(...given: Parameters<typeof search>): Promise<string[]> {
    return (await search(...given)).map(({ id }) => id.replace(/#\d+$/, ""));
  }

  for (const [kind, question, expected] of [
    ["another form of a word", "When is an item refunded?", "returns.md"],
    ["a typing error in the middle", "warrenty of machines", "warranty.md"],
    ["a typing error at the beginning", "farranty of machines", "warranty.md"],
    ["swapped letters", "parecls", "delivery.md"],
    ["a missing letter at the end", "warehous", "delivery.md"],
  ] as const) {
    test(`finds ${kind}`, async () => assert.equal((await paths("english", question))[0], expected));
  }

  test("finds a compound by its words, and the words by the compound", async () => {
    assert.deepEqual((await paths("german", "Was sind die Versandkosten?", { language: "de" })).toSorted(), [
      "kosten.md",
      "versand.md",
    ]);
    assert.deepEqual((await paths("german", "Kosten für den Versand?", { language: "de" })).toSorted(), [
      "kosten.md",
      "versand.md",
    ]);
    assert.deepEqual(await paths("german", "Garantie für Maschinen", { language: "de" }), ["garantie.md"]);
    assert.deepEqual(await paths("german", "Was ist der Zins?", { language: "de" }), ["bank.md"]);
  });

  test("finds nothing for what the documents do not answer, even if a word is the same", async () => {
    assert.deepEqual(await search("english", "Who won the football world cup in France?"), []);
    assert.deepEqual(await search("english", "Can you return a list of prime numbers in Python?"), []);
    assert.deepEqual(await search("english", "???"), []);
    assert.deepEqual(await search("english", "the of and"), []);
  });

  test("finds a passage although a common word of the question is in no document", async () => {
    assert.deepEqual(await paths("english", "How large is the warehouse?"), ["delivery.md"]);
    assert.deepEqual(await paths("english", "How large is a violet walrus warehouse?"), []);
  });

  test("a result says where it is from and how much of the question it covers", async () => {
    await ingest("linked", "en", [
      {
        path: "guide/install.md",
        title: "Install",
        url: "/guide/install",
        hash: "1",
        chunks: [
          { headings: ["Install"], content: "Download it first." },
          { headings: ["Install", "Windows"], anchor: "on-windows", content: "Run the walrus installer." },
        ],
      },
    ]);
    assert.deepEqual(await search("linked", "walrus"), [
      {
        id: "guide/install.md#1",
        title: "Install › Windows",
        content: "Run the walrus installer.",
        url: "/guide/install#on-windows",
        score: 1,
      },
    ]);
  });

  test("keeps its limits", async () => {
    const many = Array.from({ length: 12 }, (_, at) =>
      passage(`${at}.md`, "Walrus", "word ".repeat(at === 0 ? 9000 : 400)),
    );
    await ingest("many", "en", many);
    const found = await search("many", "walrus");
    assert.ok(found.length > 1 && found.length <= limits.maxResults);
    assert.ok(found.every(({ id }) => id !== "0.md#0"));
  });

  test("finds rare and frequent words in a collection where some words are nearly everywhere", async () => {
    const contents = Array.from({ length: 5000 }, (_, at) => `copper ${at % 2 === 0 ? "zinc" : "lead"}`);
    contents[4321] = "copper with a drop of mercury";
    const chunks = contents.map((content) => ({ headings: [], content }));
    await ingest("metals", "en", [{ path: "metals.md", title: "Samples", hash: "1", chunks }]);
    assert.deepEqual(
      (await search("metals", "mercury in copper")).map(({ id }) => id),
      ["metals.md#4321"],
    );
    assert.equal((await search("metals", "copper and zinc"))[0]?.content, "copper zinc");
    assert.equal((await search("metals", "copper")).length, limits.maxResults);
  });

  test("any text can be searched", async () => {
    const texts = [
      '"',
      "' OR 1=1 --",
      "NEAR(a b)",
      "* ^ : - + ( )",
      "a".repeat(50_000),
      "\0",
      "\ud800",
      "word ".repeat(5000),
    ];
    for (const text of texts) await search("english", text);
    assert.deepEqual(await search("english", Array.from({ length: 5000 }, (_, at) => `word${at}`).join(" ")), []);
  });

  test("without the binding it says which one is missing", () => {
    const open = () => documents({ database: "OTHER" }).open({ assistant: "shop", env: {} });
    assert.throws(open, { name: "ContextError", message: /binding OTHER.*assistants\/shop\/assistant\.ts/ });
  });

  test("finds nothing for an assistant without documents", async () => {
    assert.deepEqual(await search("nobody", "walrus"), []);
  });

  test("a database without tables says what to do", async () => {
    await using empty = await startDocumentsDatabase();
    const source = documents().open({ assistant: "shop", env: { DOCUMENTS: empty.database } });
    const found = source.search({ text: "walrus", question: "walrus", conversation: [] }, limits, noSignal);
    await assert.rejects(found, (error) => {
      assert.ok(error instanceof MissingTablesError);
      assert.match(error.message, /npm run ingest -- shop/);
      return true;
    });
  });

  test("a slow database ends with the signal", async () => {
    const { database } = started;
    const slow = {
      prepare: (query: string) => database.prepare(query),
      batch: () => new Promise<never>(() => undefined),
    };
    const source = documents().open({ assistant: "english", env: { DOCUMENTS: slow } });
    const stop = new AbortController();
    const found = source.search({ text: "walrus", question: "walrus", conversation: [] }, limits, stop.signal);
    stop.abort(new Error("too late"));
    await assert.rejects(found, /too late/);
  });
});

function passage(path: string, title: string, content: string): StoredDocument {
  return { path, title, hash: content, chunks: [{ headings: [], content }] };
}
