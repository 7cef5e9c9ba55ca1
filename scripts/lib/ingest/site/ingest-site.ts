import type { Store } from "../ingest-documents.ts";
import type { LeftOut, Outcome } from "../outcome.ts";
import { parseDocument } from "../parse-document.ts";
import { UnreadableDocument } from "../parsed-document.ts";
import { pageKey } from "./page-address.ts";
import { isDocumentType, isHtmlType } from "./read-body.ts";
import { hashOf, isCurrent, readValidators, toStored, type SiteDocument } from "./read-site-document.ts";
import { readWebPage } from "./read-web-page.ts";
import { readDirectives } from "./robots-directives.ts";
import { SiteCrawl, type CrawlOptions, type KnownPage, type Visit } from "./site-crawl.ts";
import { isAddress, type SiteScope } from "./site-scope.ts";
import { whyFailed } from "./why-failed.ts";

/** How a site is brought in. */
export interface SiteOptions extends CrawlOptions {
  /** The language of the pages, as a BCP 47 tag. */
  language: string;
  /** If true, nothing is written. */
  isDryRun: boolean;
  /** Called before a page is handled. */
  onFile(address: string, number: number, total: number): void;
}

const withoutText = "it has no text unless its scripts run: render it on the server, or remove the links to it.";

/** Brings the pages of one site in: writes new and changed ones, and removes those that are gone. */
export async function* ingestSite(scope: SiteScope, store: Store, options: SiteOptions): AsyncGenerator<Outcome, void> {
  const known = new Map<string, KnownPage>();
  for (const [path, { hash, validators }] of await store.hashes()) {
    if (!isAddress(path) || !scope.contains(path)) continue;
    known.set(pageKey(path), isCurrent(hash) ? { path, hash, validators } : { path, hash: "" });
  }
  const crawl = new SiteCrawl(scope, known, options);
  const ingestion = new SiteIngestion(scope, known, crawl, store, options);
  let number = 0;
  for await (const visit of crawl.visits()) {
    options.onFile(visit.passed[0] ?? visit.address, (number += 1), crawl.total);
    yield* ingestion.handle(visit);
  }
  yield* ingestion.finish();
}

/** What happens to the pages of one site in one run. */
class SiteIngestion {
  readonly #scope: SiteScope;
  readonly #known: ReadonlyMap<string, KnownPage>;
  readonly #crawl: SiteCrawl;
  readonly #store: Store;
  readonly #options: SiteOptions;
  /** The documents that stay: those that were read, and those that could not be read now. */
  readonly #kept = new Set<string>();
  /** The documents that are gone, or whose pages are no longer documents. */
  readonly #dropped = new Set<string>();
  /** The addresses whose pages could not be read, and why. */
  readonly #failed = new Map<string, string>();
  /** Visits that were redirected to an address with a visit of its own. */
  readonly #redirects: Visit[] = [];
  /** Where an address leads, if the target has a visit of its own. Both are page keys. */
  readonly #leads = new Map<string, string>();
  readonly #visited = new Set<string>();
  /** For the hash of a text, the key of the page that has this text. */
  readonly #owners = new Map<string, string>();
  readonly #duplicates = new Set<string>();
  /** How many of the stored documents are still there. */
  #found = 0;
  #missesLinks = false;

  constructor(
    scope: SiteScope,
    known: ReadonlyMap<string, KnownPage>,
    crawl: SiteCrawl,
    store: Store,
    options: SiteOptions,
  ) {
    this.#scope = scope;
    this.#known = known;
    this.#crawl = crawl;
    this.#store = store;
    this.#options = options;
    for (const [key, { hash }] of known) if (hash !== "" && !this.#owners.has(hash)) this.#owners.set(hash, key);
  }

  async *handle(visit: Visit): AsyncGenerator<Outcome, void> {
    const { address, result } = visit;
    const key = pageKey(address);
    for (const each of result.kind === "seen" ? visit.passed : [...visit.passed, address])
      this.#visited.add(pageKey(each));
    switch (result.kind) {
      case "page":
        yield await this.#read(visit, result.headers, result.bytes);
        return;
      case "unchanged":
        this.#crawl.follow(visit, this.#crawl.fromPaths(this.#known.get(key)?.validators?.links ?? []));
        this.#keep(visit, key);
        yield { state: "unchanged", path: this.#known.get(key)?.path ?? address };
        return;
      case "seen":
        this.#redirects.push(visit);
        for (const each of visit.passed) this.#lead(each, address);
        return;
      case "disallowed":
        if (key !== pageKey(this.#scope.start)) yield this.#leaveOut(visit, "robots");
        else yield this.#fail(visit, "the site's robots.txt does not allow it: allow Rivulet-Chat there.");
        return;
      case "status":
        // A stored document that no link leads to any more is reported as removed, and not also as failed.
        if (isGone(result.status)) this.#drop([...visit.passed, address]);
        if (isGone(result.status) && visit.from === undefined && this.#known.has(key)) return;
        break;
      case "unavailable":
        this.#missesLinks = true;
        break;
      case "redirect":
      case "elsewhere":
      case "loop":
      case "too large":
        break;
    }
    yield this.#fail(visit, whyFailed(visit));
  }

  /** Removes what is gone, and reports what concerns the site as a whole. */
  async *finish(): AsyncGenerator<Outcome, void> {
    for (const visit of this.#redirects) {
      const end = this.#endOf(pageKey(visit.address));
      const reason = end === undefined ? whyFailed({ ...visit, result: { kind: "loop" } }) : this.#failed.get(end);
      if (reason === undefined) yield this.#leaveOut(visit, "redirects");
      else yield this.#fail(visit, reason);
    }
    for (const { address, reason } of this.#crawl.problems) yield { state: "failed", path: address, reason };
    this.#keepUnreplaced();
    const gone = this.#goneDocuments();
    // If the whole site is down, or answers every request in the same way, nothing is removed.
    if (this.#found === 0 && gone.length > 0) {
      const reason = "none of its pages from the last run was found: nothing was removed.";
      yield { state: "failed", path: this.#scope.start, reason };
    }
    for (const path of this.#found === 0 ? [] : gone) {
      if (this.#options.signal.aborted) return;
      if (!this.#options.isDryRun) await this.#store.remove([path]);
      yield { state: "removed", path };
    }
    const { maxPages, maxDepth } = this.#options;
    const { notVisited, tooDeep } = this.#crawl;
    const { start } = this.#scope;
    if (notVisited > 0) yield { state: "limited", path: start, limit: "max-pages", value: maxPages, count: notVisited };
    if (tooDeep > 0) yield { state: "limited", path: start, limit: "max-depth", value: maxDepth, count: tooDeep };
  }

  #lead(from: string, to: string): void {
    this.#leads.set(pageKey(from), pageKey(to));
  }

  /** Where an address leads in the end. @returns undefined if it leads back to itself */
  #endOf(key: string): string | undefined {
    const passed = new Set<string>();
    let end = key;
    for (let next = this.#leads.get(end); next !== undefined; next = this.#leads.get(end)) {
      if (passed.has(end)) return undefined;
      passed.add(end);
      end = next;
    }
    return end;
  }

  /** A page that now only leads to another one keeps its last version until the other one is read. */
  #keepUnreplaced(): void {
    for (const key of this.#leads.keys()) {
      const end = this.#endOf(key);
      if (end === undefined || this.#failed.has(end) || !this.#visited.has(end)) this.#kept.add(key);
    }
  }

  #goneDocuments(): string[] {
    const isComplete = this.#options.isPruning && this.#crawl.isComplete && !this.#missesLinks;
    const gone = [...this.#known].filter(([key]) => !this.#kept.has(key) && (isComplete || this.#dropped.has(key)));
    return gone.map(([, { path }]) => path);
  }

  async #read(visit: Visit, headers: Headers, bytes: Buffer): Promise<Outcome> {
    try {
      const read = await this.#parse(visit, headers, bytes);
      return typeof read === "string" ? this.#leaveOut(visit, read) : await this.#write(visit, read);
    } catch (error) {
      if (error instanceof UnreadableDocument) return this.#fail(visit, error.message);
      throw error;
    }
  }

  /** @returns the document, or why the page is not a document of its own */
  async #parse(visit: Visit, headers: Headers, bytes: Buffer): Promise<LeftOut | SiteDocument> {
    const { address } = visit;
    const type = headers.get("content-type") ?? "";
    if (!isHtmlType(type)) {
      if (!isDocumentType(type) || !this.#scope.contains(address)) return "other";
      if (readDirectives(headers).isNoindex) return "noindex";
      const parsed = await parseDocument(new URL(address).pathname, bytes);
      return { address, url: address, parsed, validators: readValidators(headers, []) };
    }
    const page = readWebPage(address, headers, bytes);
    if (page.isLogin) throw new UnreadableDocument("it asks for a login: make it public, or remove the links to it.");
    if (!this.#scope.contains(address)) return "outside";
    this.#crawl.follow(visit, page.links);
    if (page.isNoindex) return "noindex";
    if (page.refresh !== undefined && pageKey(page.refresh) !== pageKey(address)) {
      this.#crawl.add(page.refresh, visit.depth, address);
      if (this.#scope.contains(page.refresh)) this.#lead(address, page.refresh);
      return "redirects";
    }
    const canonical = page.canonical ?? address;
    if (this.#leadsElsewhere(address, canonical)) {
      this.#crawl.add(canonical, visit.depth, address);
      this.#duplicates.add(pageKey(address));
      this.#lead(address, canonical);
      return "duplicates";
    }
    const parsed = page.parse();
    if (parsed.sections.length === 0) throw new UnreadableDocument(withoutText);
    return {
      // The two addresses may differ only in the slash at their end.
      address: pageKey(canonical) === pageKey(address) ? canonical : address,
      url: canonical,
      parsed,
      validators: readValidators(headers, this.#crawl.toPaths(page.links)),
    };
  }

  /** Whether a page says that it is a copy of another one. If two pages say so of each other, the second is read. */
  #leadsElsewhere(address: string, canonical: string): boolean {
    const key = pageKey(canonical);
    return key !== pageKey(address) && this.#scope.contains(canonical) && !this.#duplicates.has(key);
  }

  async #write(visit: Visit, document: SiteDocument): Promise<Outcome> {
    const { language, isDryRun, signal } = this.#options;
    const key = pageKey(document.address);
    const known = this.#known.get(key);
    const hash = hashOf(document, language);
    if (known?.hash === hash && known.path === document.address) {
      this.#keep(visit, key);
      return { state: "unchanged", path: known.path };
    }
    const owner = this.#owners.get(hash) ?? key;
    if (known === undefined && owner !== key && !this.#dropped.has(owner)) return this.#leaveOut(visit, "duplicates");
    const stored = toStored(document, hash, language);
    this.#keep(visit, key);
    this.#owners.set(hash, key);
    if (!isDryRun) await this.#store.put(stored, signal);
    // The page was stored under the same address, but with or without the slash at its end.
    if (known !== undefined && known.path !== stored.path && !isDryRun) await this.#store.remove([known.path]);
    return { state: known === undefined ? "new" : "changed", path: stored.path, passages: stored.chunks.length };
  }

  /** Keeps the document of a page. The documents of addresses that only redirect to the page are dropped. */
  #keep({ passed }: Visit, key: string): void {
    this.#drop(passed.filter((each) => pageKey(each) !== key));
    this.#kept.add(key);
    if (this.#known.has(key)) this.#found += 1;
  }

  #leaveOut({ passed, address, result }: Visit, reason: LeftOut): Outcome {
    this.#drop(result.kind === "seen" ? passed : [...passed, address]);
    return { state: "left out", path: passed[0] ?? address, reason };
  }

  #drop(addresses: readonly string[]): void {
    for (const address of addresses) this.#dropped.add(pageKey(address));
  }

  /** A page that cannot be read now keeps its last version, unless the server says that it is gone. */
  #fail({ passed, address, result }: Visit, reason: string): Outcome {
    for (const each of [...passed, address]) this.#failed.set(pageKey(each), reason);
    const isKept = result.kind !== "status" || !isGone(result.status);
    if (isKept) for (const each of [...passed, address]) this.#kept.add(pageKey(each));
    return { state: "failed", path: passed[0] ?? address, reason };
  }
}

function isGone(status: number): boolean {
  return status === 404 || status === 410;
}
