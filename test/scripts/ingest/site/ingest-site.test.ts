// Ingests sites by their address, with a real server and the real database. Tests what is requested from the server and
// what is written to the database.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { after, before, beforeEach, suite, test } from "node:test";
import { gzipSync } from "node:zlib";
import type { Outcome } from "../../../../scripts/lib/ingest/outcome.ts";
import { ingestSite, type SiteOptions } from "../../../../scripts/lib/ingest/site/ingest-site.ts";
import { readAddresses } from "../../../../scripts/lib/ingest/site/site-scope.ts";
import { at } from "../../../../scripts/lib/root.ts";
import { documents } from "../../../../worker/context/full-text/documents.ts";
import { DocumentStore, type StoredDocument } from "../../../../worker/context/full-text/store.ts";
import { startDocumentsDatabase, type TestDatabase } from "../../../support/documents-database.ts";
import {
  addDocumentation,
  addSitemap,
  article,
  startDocumentSite,
  webPage,
  type DocumentSite,
  type SiteAnswer,
} from "../../../support/document-site.ts";

let started: TestDatabase;
let elsewhere: DocumentSite;

before(async () => {
  started = await startDocumentsDatabase();
  elsewhere = await startDocumentSite([["/login", webPage("Login", "<p>Elsewhere.</p>")]]);
});
after(async () => {
  await started[Symbol.asyncDispose]();
  await elsewhere[Symbol.asyncDispose]();
});

/** The documents of an assistant, and everything that is written to them. */
class LoggedStore {
  readonly written: string[] = [];
  readonly assistant = randomUUID();
  readonly #store = new DocumentStore(started.database, this.assistant, "en");

  migrate(): Promise<void> {
    return this.#store.migrate();
  }

  hashes() {
    return this.#store.hashes();
  }

  async put(document: StoredDocument, signal?: AbortSignal): Promise<void> {
    await this.#store.put(document, signal);
    this.written.push(shorten(document.path));
  }

  async remove(paths: Iterable<string>): Promise<void> {
    const removed = [...paths];
    await this.#store.remove(removed);
    this.written.push(...removed.map((path) => `- ${shorten(path)}`));
  }

  /** What a question finds. */
  async search(text: string) {
    const source = documents({ minScore: 0 }).open({ assistant: this.assistant, env: { DOCUMENTS: started.database } });
    const query = { text, question: text, conversation: [] };
    return source.search(query, { maxResults: 5, maxTokens: 2400 }, new AbortController().signal);
  }
}

function shorten(address: string): string {
  const { pathname, search } = new URL(address);
  return pathname + search;
}

/** What one run did. */
interface Run {
  outcomes: Outcome[];
  /** Requests as `200 /docs/`, with the status of the response. */
  requests: string[];
  /** Paths that were written, and `- ` paths that were removed. */
  written: string[];
  /** How many documents are in each state. */
  counts: Record<string, number>;
  /** Failures as `/docs/members: reason`. */
  failures: string[];
}

class Ingestion {
  readonly site: DocumentSite;
  readonly store: LoggedStore;

  constructor(site: DocumentSite, store: LoggedStore) {
    this.site = site;
    this.store = store;
  }

  static async of(site: DocumentSite): Promise<Ingestion> {
    const store = new LoggedStore();
    await store.migrate();
    return new Ingestion(site, store);
  }

  async run(options: Partial<SiteOptions> = {}, path = "/docs/"): Promise<Run> {
    this.site.clearLog();
    this.store.written.length = 0;
    const all: SiteOptions = {
      language: "en",
      isDryRun: false,
      isPruning: false,
      signal: new AbortController().signal,
      maxPages: 1000,
      maxDepth: 1000,
      rate: 10_000,
      onFile: () => undefined,
      ...options,
    };
    const outcomes: Outcome[] = [];
    for (const scope of readAddresses([`${this.site.url}${path}`])) {
      try {
        for await (const outcome of ingestSite(scope, this.store, all)) outcomes.push(outcome);
      } catch (error) {
        if (!all.signal.aborted) throw error;
      }
    }
    const counts = Object.fromEntries(
      Map.groupBy(outcomes, ({ state }) => state)
        .entries()
        .map(([state, some]) => [state, some.length]),
    );
    const failures = outcomes.flatMap((outcome) =>
      outcome.state === "failed" ? [`${outcome.path}: ${outcome.reason}`.replaceAll(this.site.url, "")] : [],
    );
    for (const outcome of outcomes) if (outcome.state === "failed") reasons.add(general(outcome.reason));
    return { outcomes, requests: this.site.clearLog(), written: [...this.store.written], counts, failures };
  }
}

/** Every reason for a failure in these tests. */
const reasons = new Set<string>();

/** A sentence without its numbers and addresses. */
function general(sentence: string): string {
  return sentence.replaceAll(/(?<=link on |another site, )[^\s,]+(?=[.:]| name)/g, "…").replaceAll(/\d+/g, "1");
}

/** The requests that were not answered with "not modified". */
function fetched({ requests }: Run): string[] {
  return requests.filter((line) => !line.startsWith("304"));
}

function leftOut({ outcomes }: Run): Record<string, number> {
  const some = outcomes.filter((outcome) => outcome.state === "left out");
  return Object.fromEntries(
    Map.groupBy(some, ({ reason }) => reason)
      .entries()
      .map(([reason, { length }]) => [reason, length]),
  );
}

const failuresOfSite = (from: string) => [
  `/docs/account: it asks for a login: make it public, or remove the links to it.`,
  `/docs/away: it leads to another site, ${elsewhere.url}: name the address there instead, or correct ${from}.`,
  `/docs/members: it asks for a login (status 401): make it public, or remove the links to it.`,
  `/docs/signin: it asks for a login: make it public, or remove the links to it.`,
];

suite("a site of 300 pages with a sitemap", () => {
  const articles = 290;
  let site: DocumentSite;
  let ingestion: Ingestion;
  before(async () => {
    site = await startDocumentSite();
    addDocumentation(site, elsewhere.url, { articles, months: 30 });
    addSitemap(site);
    ingestion = await Ingestion.of(site);
  });
  after(() => site[Symbol.asyncDispose]());

  /** Requests that are repeated in each run, because their pages do not become documents of their own. */
  const always = [
    "200 /docs/copy/6",
    "200 /docs/draft",
    "200 /docs/print/5",
    "200 /docs/signin",
    "200 /login",
    "200 /robots.txt",
    "200 /sitemap-a.xml",
    "200 /sitemap-b.xml.gz",
    "200 /sitemap-index.xml",
    "301 /docs/old/7",
    "302 /docs/account",
    "302 /docs/away",
    "401 /docs/members",
  ];

  test("every page is read once, and everything else is one line", async () => {
    const run = await ingestion.run();
    const pages = Array.from({ length: articles }, (_, at) => `200 /docs/page/${at + 1}`);
    const expected = [...pages, ...always, "200 /docs/", "200 /docs/manual.pdf"];
    assert.deepEqual(run.requests.toSorted(), expected.toSorted());
    assert.equal(run.counts["new"], articles + 2);
    assert.deepEqual(run.failures.toSorted(), failuresOfSite("the sitemap"));
    assert.deepEqual(leftOut(run), { duplicates: 2, redirects: 1, noindex: 1, robots: 1 });
    assert.deepEqual(elsewhere.log, [], "another site was asked");
  });

  test("a passage has the text of its page, its headings and its place", async () => {
    const found = await ingestion.store.search("zorkwrench77");
    const tool = found.find(({ title }) => title === "Article 77 › Tools");
    assert.equal(tool?.url, `${site.url}/docs/page/77#tools`);
    assert.match(tool.content, /^You need the zorkwrench77\./);
    assert.equal((await ingestion.store.search("quibbler"))[0]?.url, `${site.url}/docs/manual.pdf#page=2`);
    assert.deepEqual(await ingestion.store.search("boilerplate"), []);
    assert.deepEqual(await ingestion.store.search("menu entry"), []);
  });

  test("then one page changed and one gone: exactly those are fetched and written", async () => {
    site.pages.set("/docs/page/12", article(12, "You need a spludger."));
    site.pages.delete("/docs/page/34");
    addSitemap(site);
    const run = await ingestion.run();
    assert.deepEqual(fetched(run).toSorted(), [...always, "200 /docs/page/12", "404 /docs/page/34"].toSorted());
    assert.deepEqual(run.written, ["/docs/page/12", "- /docs/page/34"]);
    assert.deepEqual([run.counts["changed"], run.counts["removed"], run.counts["new"]], [1, 1, undefined]);
    assert.equal(run.counts["unchanged"], articles);
    assert.equal((await ingestion.store.search("spludger")).length, 1);
  });

  test("a page that nothing leads to any more stays as long as it exists, unless it is pruned", async () => {
    addSitemap(site, ["/docs/page/56"]);
    const run = await ingestion.run();
    assert.ok(run.requests.includes("304 /docs/page/56"));
    assert.deepEqual(run.written, []);
    const dry = await ingestion.run({ isPruning: true, isDryRun: true });
    assert.deepEqual([dry.counts["removed"], dry.written], [1, []]);
    const pruned = await ingestion.run({ isPruning: true });
    assert.ok(!pruned.requests.some((line) => line.endsWith("/docs/page/56")));
    assert.deepEqual(pruned.written, ["- /docs/page/56"]);
  });

  test("a site that is down, or answers every request in the same way removes nothing", async () => {
    const before = (await ingestion.store.hashes()).size;
    const answers: SiteAnswer[] = [
      { status: 503, headers: { "retry-after": "7200" } },
      { status: 404 },
      { status: 403 },
      { status: 302, headers: { location: "/maintenance" } },
      { status: 302, headers: { location: "/docs/maintenance" } },
      { body: "User-agent: *\nDisallow: /\n", headers: { "content-type": "text/plain" } },
    ];
    for (const everywhere of answers) {
      site.everywhere = everywhere;
      for (const isPruning of [true, false]) {
        const run = await ingestion.run({ isPruning });
        assert.deepEqual(run.written, [], JSON.stringify(everywhere));
        assert.ok(run.failures.length > 0, JSON.stringify(everywhere));
      }
    }
    delete site.everywhere;
    assert.equal((await ingestion.store.hashes()).size, before);
  });
});

suite("a site without a sitemap", () => {
  const size = { articles: 60, months: 30 };
  let site: DocumentSite;
  let ingestion: Ingestion;
  before(async () => {
    site = await startDocumentSite();
    addDocumentation(site, elsewhere.url, size);
    ingestion = await Ingestion.of(site);
  });
  after(() => site[Symbol.asyncDispose]());

  test("a trap of endless links ends by the limits, and the summary says so", async () => {
    const run = await ingestion.run({ maxDepth: 8, isDryRun: true });
    assert.equal(run.requests.filter((line) => line.includes("calendar")).length, 8);
    const limited = run.outcomes.filter(({ state }) => state === "limited");
    assert.partialDeepStrictEqual(limited, [{ limit: "max-depth", value: 8 }]);
    const short = await ingestion.run({ maxPages: 40, isDryRun: true });
    assert.equal(short.requests.filter((line) => line.includes("/docs/")).length, 40);
    assert.partialDeepStrictEqual(
      short.outcomes.filter(({ state }) => state === "limited"),
      [{ limit: "max-pages", value: 40 }],
    );
    assert.equal((await ingestion.store.hashes()).size, 0);
  });

  test("a run that is stopped is continued by the next one, along the links of unchanged pages", async () => {
    const stop = new AbortController();
    const onFile = (_: string, number: number) => number === 40 && stop.abort();
    const first = await ingestion.run({ signal: stop.signal, onFile });
    assert.ok(first.written.length > 10 && first.written.length < 60, String(first.written.length));
    const second = await ingestion.run();
    assert.equal(new Set([...first.written, ...second.written]).size, first.written.length + second.written.length);
    assert.equal(second.counts["unchanged"], first.written.length);
    // The start, the articles, the manual, and the calendar.
    assert.equal((await ingestion.store.hashes()).size, 1 + size.articles + 1 + size.months);
    assert.deepEqual(
      second.failures.toSorted(),
      [
        ...failuresOfSite("the link on /docs/"),
        "/docs/calendar?month=31: there is no such page (status 404): correct the link on /docs/calendar?month=30.",
        "/docs/page/61: there is no such page (status 404): correct the link on /docs/page/60.",
        "/docs/missing: there is no such page (status 404): correct the link on /docs/.",
      ].toSorted(),
    );
    assert.deepEqual(elsewhere.log, []);
  });

  test("then one page changed and one gone: exactly those are written", async () => {
    site.pages.set("/docs/page/50", article(50, "You need a spludger."));
    site.pages.delete(`/docs/page/${size.articles}`);
    const run = await ingestion.run();
    const changed = fetched(run).filter((line) => line.includes("/page/"));
    assert.deepEqual(changed, ["200 /docs/page/50", `404 /docs/page/${size.articles}`]);
    assert.deepEqual(run.written, ["/docs/page/50", `- /docs/page/${size.articles}`]);
  });

  test("--prune removes what no link leads to any more, although its links are known from unchanged pages", async () => {
    site.pages.set("/docs/calendar?month=16", webPage("Month 16", "<p>The last month of the calendar is this.</p>"));
    const run = await ingestion.run({ isPruning: true });
    assert.equal(run.counts["removed"], 14);
    assert.deepEqual(run.written.slice(0, 2), ["/docs/calendar?month=16", "- /docs/calendar?month=17"]);
  });
});

suite("servers", () => {
  let site: DocumentSite;
  let ingestion: Ingestion;
  beforeEach(async () => {
    site?.pages.clear();
    site ??= await startDocumentSite();
    ingestion = await Ingestion.of(site);
  });
  after(() => site[Symbol.asyncDispose]());

  const linkingTo = (...links: string[]) =>
    webPage(
      "Start",
      `<p>This is the start of a small site, with some links.</p>${links.map((link) => `<a href="${link}">${link}</a>`).join(" ")}`,
    );

  test("one that is busy is waited for", async () => {
    let count = 0;
    site.pages.set("/docs/", () =>
      (count += 1) === 1 ? { status: 429, headers: { "retry-after": "1" } } : article(1),
    );
    const startedAt = Date.now();
    const run = await ingestion.run({ maxDepth: 0 });
    assert.deepEqual(run.requests.slice(-2), ["429 /docs/", "200 /docs/"]);
    assert.ok(Date.now() - startedAt >= 1000);
    assert.equal(run.counts["new"], 1);
  });

  test("one that asks for a long pause gets no more requests", async () => {
    site.pages.set("/docs/", linkingTo(...Array.from({ length: 50 }, (_, at) => `/docs/busy/${at}`)));
    for (let at = 0; at < 50; at += 1) {
      site.pages.set(`/docs/busy/${at}`, { status: 429, headers: { "retry-after": "3600" } });
    }
    const run = await ingestion.run({ maxDepth: 1 });
    assert.ok(run.requests.filter((line) => line.startsWith("429")).length <= 8, run.requests.join("\n"));
    assert.ok(
      run.failures.includes("/docs/: the server asks clients to wait 60 minutes: run the command again after that."),
    );
  });

  test("one that is closed keeps its documents", async () => {
    const closing = await startDocumentSite([["/docs/", article(1)]]);
    const own = await Ingestion.of(closing);
    await own.run({ maxDepth: 0 });
    await closing[Symbol.asyncDispose]();
    const run = await own.run({ isPruning: true });
    assert.deepEqual(run.failures, ["/robots.txt: it cannot be reached (ECONNREFUSED): run the command again later."]);
    assert.deepEqual([run.written, (await own.store.hashes()).size], [[], 1]);
  });

  test("one that never answers is not waited for", async () => {
    site.pages.set("/docs/", linkingTo("/docs/slow"));
    site.pages.set("/docs/slow", { isSilent: true });
    const run = await ingestion.run({ timeoutMs: 5000, maxDepth: 1 });
    const failure = "/docs/slow: there was no answer within 5 seconds: run the command again later.";
    assert.ok(run.failures.includes(failure), run.failures.join("\n"));
  });

  test("one that is broken or sends too much", async () => {
    site.pages.set("/docs/", linkingTo("/docs/large", "/docs/broken", "/docs/loop", "/docs/empty"));
    site.pages.set("/docs/large", { body: Buffer.alloc(9 * 1024 * 1024, "text ") });
    site.pages.set("/docs/broken", { status: 500 });
    site.pages.set("/docs/loop", { status: 302, headers: { location: "/docs/loop" } });
    site.pages.set("/docs/empty", { body: "<html><body><main></main><script>write()</script></body></html>" });
    const run = await ingestion.run({ maxDepth: 1 });
    assert.deepEqual(run.failures.filter((line) => !line.includes("/page/")).toSorted(), [
      "/docs/broken: the server answers with the status 500: run the command again later.",
      "/docs/empty: it has no text unless its scripts run: render it on the server, or remove the links to it.",
      "/docs/large: it is larger than 8 MB: split it, or remove the links to it.",
      "/docs/loop: it redirects endlessly: correct the link on /docs/.",
    ]);
  });

  test("addresses that lead in a circle keep their documents", async () => {
    site.pages.set("/docs/", linkingTo("/docs/a", "/docs/b", "/docs/cookies"));
    for (const [number, name] of ["a", "b", "cookies"].entries()) site.pages.set(`/docs/${name}`, article(number));
    await ingestion.run({ maxDepth: 1 });
    const to = (location: string) => ({ status: 302, headers: { location } });
    site.pages.set("/docs/a", to("/docs/b"));
    site.pages.set("/docs/b", to("/docs/a"));
    site.pages.set("/docs/cookies", to("/docs/check"));
    site.pages.set("/docs/check", to("/docs/cookies"));
    const run = await ingestion.run({ maxDepth: 1 });
    assert.deepEqual(
      run.failures.filter((line) => !line.includes("/page/")).toSorted(),
      ["a", "b", "cookies"].map((name) => `/docs/${name}: it redirects endlessly: correct the link on /docs/.`),
    );
    assert.deepEqual([run.written, leftOut(run)["redirects"]], [[], undefined]);
  });

  test("a page that names another one stays until that one is read", async () => {
    const names = ["broken", "missing", "refresh", "late", "moved"];
    site.pages.set("/docs/", linkingTo(...names));
    for (const [number, name] of names.entries()) site.pages.set(`/docs/${name}`, article(number));
    await ingestion.run({ maxDepth: 1 });
    const copyOf = (path: string) =>
      webPage("Copy", "<p>This one is elsewhere.</p>", `<link rel="canonical" href="${path}">`);
    site.pages.set("/docs/broken", copyOf("/docs/down"));
    site.pages.set("/docs/missing", copyOf("/docs/nowhere"));
    site.pages.set(
      "/docs/refresh",
      webPage("Moved", "<p>Wait.</p>", '<meta http-equiv="refresh" content="0; url=down">'),
    );
    site.pages.set("/docs/moved", copyOf("/docs/new"));
    site.pages.set("/docs/new", article(4));
    site.pages.set("/docs/down", { status: 500 });
    const run = await ingestion.run({ maxDepth: 1 });
    assert.deepEqual(run.written, ["/docs/new", "- /docs/moved"]);
    site.pages.set("/docs/late", copyOf("/docs/behind-the-limit"));
    const limited = await ingestion.run({ maxDepth: 1, maxPages: names.length + 1 });
    assert.deepEqual(limited.written, []);
    site.pages.set("/docs/down", article(90));
    assert.deepEqual((await ingestion.run({ maxDepth: 1 })).written, [
      "/docs/down",
      "- /docs/broken",
      "- /docs/refresh",
    ]);
  });

  test("a refresh to the same address is no redirect", async () => {
    const { body } = article(1);
    site.pages.set("/docs/", {
      body: String(body).replace("<title>", '<meta http-equiv="refresh" content="300; url=/docs"><title>'),
    });
    assert.deepEqual((await ingestion.run({ maxDepth: 0 })).written, ["/docs/"]);
  });

  test("a sitemap that is too large when it is unpacked", async () => {
    site.pages.set("/docs/", article(1));
    site.pages.set("/docs/sitemap.xml", { body: gzipSync(Buffer.alloc(51 * 1024 * 1024)) });
    const run = await ingestion.run({ maxDepth: 0 });
    assert.deepEqual(run.failures, ["/docs/sitemap.xml: it is too large: split it."]);
  });

  test("without validators, only what changed is written", async () => {
    let views = 0;
    site.pages.set("/docs/", () => ({
      ...webPage(
        "Start",
        `<p>The same text in each answer, which the server says nothing about.</p><script>views(${(views += 1)})</script>`,
      ),
      headers: { etag: `"${views}"` },
    }));
    assert.deepEqual((await ingestion.run({ maxDepth: 0 })).written, ["/docs/"]);
    const again = await ingestion.run({ maxDepth: 0 });
    assert.deepEqual([again.requests.at(-1), again.written], ["200 /docs/", []]);
  });

  test("robots.txt names this program, pages say it in their headers, and its pause is kept", async () => {
    site.pages.set("/robots.txt", {
      headers: { "content-type": "text/plain" },
      body: "User-agent: Rivulet-Chat\nDisallow: /docs/no\nCrawl-delay: 0.2\n\nUser-agent: *\nDisallow: /\n",
    });
    const text = "<p>A page with a text of its own, number";
    site.pages.set("/docs/", linkingTo("/docs/no", "/docs/a", "/docs/b", "/docs/c"));
    site.pages.set("/docs/a", { ...webPage("A", `${text} 1.</p>`), headers: { "x-robots-tag": "noindex, nofollow" } });
    site.pages.set("/docs/b", { ...webPage("B", `${text} 2.</p>`), headers: { "x-robots-tag": "otherbot: noindex" } });
    site.pages.set("/docs/c", webPage("C", `${text} 3.</p>`, '<meta name="robots" content="none">'));
    const startedAt = Date.now();
    const run = await ingestion.run({ maxDepth: 1 });
    assert.deepEqual(run.written.toSorted(), ["/docs/", "/docs/b"]);
    assert.ok(Date.now() - startedAt >= 200 * (run.requests.length - 2));
    assert.ok(!run.requests.some((line) => line.endsWith("/docs/no")));
  });

  test("a redirect or a link never leads to another origin, and a sitemap neither", async () => {
    elsewhere.clearLog();
    const other = elsewhere.url;
    site.pages.set("/robots.txt", {
      headers: { "content-type": "text/plain" },
      body: `Sitemap: ${other}/sitemap.xml\n`,
    });
    site.pages.set("/docs/", linkingTo(`${other}/docs/`, `//${new URL(other).host}/docs/x`, "/docs/away"));
    site.pages.set("/docs/away", { status: 307, headers: { location: `${other}/docs/` } });
    const run = await ingestion.run({ maxDepth: 1 });
    assert.deepEqual(run.written, ["/docs/"]);
    assert.deepEqual(elsewhere.log, []);
  });
});

test("the documentation has the reason of every failure above", () => {
  const documented = general(readFileSync(at("docs/documents.md"), "utf8"));
  assert.ok(reasons.size > 0);
  for (const reason of reasons) {
    const inLink = reason.replace(/correct the (?:sitemap|address)/, "correct the link on …");
    assert.ok(documented.includes(`\`${inLink}\``), reason);
  }
});
