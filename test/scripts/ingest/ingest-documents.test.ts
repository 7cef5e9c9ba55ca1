import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { after, before, suite, test } from "node:test";
import { findFiles } from "../../../scripts/lib/ingest/find-files.ts";
import { ingestDocuments, type IngestOptions } from "../../../scripts/lib/ingest/ingest-documents.ts";
import { openLocalDatabase, type OpenDatabase } from "../../../scripts/lib/ingest/local-database.ts";
import { DocumentStore } from "../../../worker/context/full-text/store.ts";
import { makeFolder, removeFolder } from "../../support/worker.ts";

let state: string;
let open: OpenDatabase;

before(async () => {
  state = await makeFolder("state");
  open = await openLocalDatabase("DOCUMENTS", state);
});
after(async () => {
  await open.close();
  await removeFolder(state);
});

/** A folder of documents, and the documents of one assistant in the database. */
class Site {
  readonly folder: string;
  readonly #store: DocumentStore;

  constructor(folder: string, store: DocumentStore) {
    this.folder = folder;
    this.#store = store;
  }

  static async create(files: Readonly<Record<string, string>>): Promise<Site> {
    const folder = await makeFolder("site");
    const store = new DocumentStore(open.database, randomUUID(), "en");
    await store.migrate();
    const site = new Site(folder, store);
    for (const [path, text] of Object.entries(files)) site.write(path, text);
    return site;
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(join(this.folder, path)), { recursive: true });
    writeFileSync(join(this.folder, path), text);
  }

  remove(path: string): void {
    rmSync(join(this.folder, path), { recursive: true });
  }

  link(path: string, target: string): void {
    symlinkSync(target, join(this.folder, path));
  }

  /** Ingests the named folders and files. @returns each document's state, as `new a.md` */
  async ingest(named: readonly string[], options: Partial<IngestOptions> = {}): Promise<string[]> {
    const all: IngestOptions = {
      language: "en",
      isDryRun: false,
      isPruning: false,
      signal: new AbortController().signal,
      onFile: () => undefined,
      ...options,
    };
    const lines: string[] = [];
    for await (const { state, path } of ingestDocuments(await findFiles(named, this.folder), this.#store, all)) {
      lines.push(`${state} ${this.#short(path)}`);
    }
    return lines.toSorted();
  }

  /** The paths of the stored documents. */
  async stored(): Promise<string[]> {
    return [...(await this.#store.hashes()).keys()].map((path) => this.#short(path)).toSorted();
  }

  #short(path: string): string {
    return path.split(`${basename(this.folder)}/`)[1] ?? path;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return removeFolder(this.folder);
  }
}

suite("only what changed is written", () => {
  test("text, title, URL and language each make a change, and nothing else does", async () => {
    await using site = await Site.create({ "a.md": "Text.", "b.md": "Text." });
    assert.deepEqual(await site.ingest(["."]), ["new a.md", "new b.md"]);
    assert.deepEqual(await site.ingest(["."]), ["unchanged a.md", "unchanged b.md"]);
    site.write("a.md", "---\ntitle: A\n---\nText.");
    assert.deepEqual(await site.ingest(["."]), ["changed a.md", "unchanged b.md"]);
    assert.deepEqual(await site.ingest(["."], { urlPrefix: "/" }), ["changed a.md", "changed b.md"]);
    assert.deepEqual(await site.ingest(["."], { urlPrefix: "/", language: "de" }), ["changed a.md", "changed b.md"]);
  });

  test("a dry run writes nothing", async () => {
    await using site = await Site.create({ "a.md": "Text.", "b.md": "Text." });
    await site.ingest(["b.md"]);
    site.write("b.md", "Other text.");
    assert.deepEqual(await site.ingest(["."], { isDryRun: true }), ["changed b.md", "new a.md"]);
    assert.deepEqual(await site.stored(), ["b.md"]);
    assert.deepEqual(await site.ingest(["."]), ["changed b.md", "new a.md"]);
  });

  test("a run that is stopped has written what it says", async () => {
    await using site = await Site.create(
      Object.fromEntries(Array.from({ length: 9 }, (_, at) => [`${at}.md`, "Text."])),
    );
    const stop = new AbortController();
    const onFile = (_: string, number: number) => {
      if (number === 4) stop.abort();
    };
    await site.ingest(["."], { signal: stop.signal, onFile }).catch((error: unknown) => {
      if (!stop.signal.aborted) throw error;
    });
    const stored = await site.stored();
    assert.ok(stored.length >= 3 && stored.length <= 4);
    const rest = (await site.ingest(["."])).filter((line) => line.startsWith("new"));
    assert.equal(rest.length, 9 - stored.length);
  });
});

suite("what is gone is removed", () => {
  const files = { "docs/a.md": "Text.", "docs/sub/b.md": "Text.", "docs2/c.md": "Text.", "d.md": "Text." };

  test("below the named folders only", async () => {
    await using site = await Site.create(files);
    await site.ingest(["."]);
    site.remove("docs/sub");
    site.remove("docs2/c.md");
    site.write("docs2/other.md", "Text.");
    assert.deepEqual(await site.ingest(["docs"]), ["removed docs/sub/b.md", "unchanged docs/a.md"]);
    assert.deepEqual(await site.stored(), ["d.md", "docs/a.md", "docs2/c.md"]);
  });

  test("with --prune, everything that is not in the run", async () => {
    await using site = await Site.create(files);
    await site.ingest(["."]);
    const lines = await site.ingest(["docs", "d.md"], { isPruning: true });
    assert.deepEqual(lines, ["removed docs2/c.md", "unchanged d.md", "unchanged docs/a.md", "unchanged docs/sub/b.md"]);
    assert.deepEqual(await site.ingest([], { isPruning: true }), [
      "removed d.md",
      "removed docs/a.md",
      "removed docs/sub/b.md",
    ]);
  });

  test("nothing, if a named folder does not exist or has become empty", async () => {
    await using site = await Site.create(files);
    await site.ingest(["."]);
    site.remove("docs2/c.md");
    assert.deepEqual(await site.ingest(["dcos", "docs"], { isPruning: true }), [
      "failed dcos",
      "unchanged docs/a.md",
      "unchanged docs/sub/b.md",
    ]);
    assert.deepEqual(await site.ingest(["docs2"], { isPruning: true }), ["failed docs2"]);
    assert.equal((await site.stored()).length, 4);
  });

  test("not what cannot be read any more: its last version stays", async () => {
    await using site = await Site.create(files);
    await site.ingest(["."]);
    site.write("docs/a.md", "");
    site.remove("d.md");
    site.link("d.md", "nowhere.md");
    assert.deepEqual(await site.ingest(["."]), [
      "failed d.md",
      "failed docs/a.md",
      "unchanged docs/sub/b.md",
      "unchanged docs2/c.md",
    ]);
    assert.equal((await site.stored()).length, 4);
  });

  test("a document that has become a draft", async () => {
    await using site = await Site.create(files);
    await site.ingest(["."]);
    site.write("d.md", "---\ndraft: true\n---\nText.");
    site.write("docs/a.md", "---\npublished: false\n---\nText.");
    assert.deepEqual(await site.ingest(["docs", "d.md"]), [
      "draft d.md",
      "draft docs/a.md",
      "removed d.md",
      "removed docs/a.md",
      "unchanged docs/sub/b.md",
    ]);
  });
});

test("hidden files, packages and other kinds of files are left out, and links are followed once", async () => {
  await using site = await Site.create({
    "a/x.md": "Text.",
    "a/.git/config.md": "Text.",
    "a/node_modules/p/README.md": "Text.",
    "a/photo.JPG": "x",
    "a/robots.txt": "User-agent: *",
    "a/404.html": "<html><body>Not found</body></html>",
    "a/LICENSE": "MIT",
    "a/README": "Text.",
    "shared/y.md": "Text.",
  });
  site.link("a/one", "../shared");
  site.link("a/two", "../shared");
  site.link("a/z.md", "x.md");
  const found = await findFiles(["a", "a/x.md"], site.folder);
  assert.deepEqual(found.files.map(({ pathInFolder }) => pathInFolder).toSorted(), [
    "README",
    "one/y.md",
    "x.md",
    "z.md",
  ]);
  assert.deepEqual([found.problems, found.leftOut], [[], 4]);
});
