import type { KnownDocument, Validators } from "../../../../worker/context/ingestion-store.ts";
import type { Answer } from "./answer.ts";
import { isFileAddress, isOtherAddress, pageAddress, pageKey } from "./page-address.ts";
import { Pace } from "./pace.ts";
import { readRobots, type Robots } from "./robots.ts";
import { SiteClient } from "./site-client.ts";
import { readSitemaps } from "./sitemap.ts";
import type { SiteScope } from "./site-scope.ts";

/** How many requests run at the same time. */
const concurrency = 4;

/** How many redirects are followed from one address. Browsers follow 20. */
const maxRedirects = 5;

/** After this many unavailable pages in a row, the site counts as down. */
const maxUnavailable = 5;

/** Limits of what is read of a site in one run. */
export interface SiteLimits {
  /** How many pages are requested at most. */
  maxPages: number;
  /** How many links a page may be away from the start. */
  maxDepth: number;
  /** Requests per second. */
  rate: number;
}

/** How a crawl is made. */
export interface CrawlOptions extends SiteLimits {
  /** If true, stored documents that no link leads to any more are not requested. */
  isPruning: boolean;
  /** Ends the crawl. */
  signal: AbortSignal;
  /** How long one request may take, in milliseconds. */
  timeoutMs?: number;
}

/** A stored document of the site. */
export interface KnownPage extends KnownDocument {
  /** Its address. */
  path: string;
}

/** What became of an address. */
export interface Visit {
  /** The addresses that were redirected, in order. */
  passed: readonly string[];
  /** The address at which the visit ended. */
  address: string;
  /** The page whose link led there, or `sitemap`. Undefined for the start, and for a document that no link leads to. */
  from?: string;
  /** How many links it is away from the start. */
  depth: number;
  result: Answer | { kind: "elsewhere"; location: string } | { kind: "disallowed" | "seen" | "loop" };
}

/** A problem of the site as a whole, because of which pages may be missing. */
export interface SiteProblem {
  address: string;
  reason: string;
}

interface Waiting {
  address: string;
  depth: number;
  from?: string;
}

/** Visits the pages of a site, the nearest to the start first. */
export class SiteCrawl {
  readonly #scope: SiteScope;
  readonly #known: ReadonlyMap<string, KnownPage>;
  readonly #options: CrawlOptions;
  readonly #client: SiteClient;
  readonly #pace: Pace;
  readonly #queue: Waiting[] = [];
  /** The keys of all addresses that were queued or visited. */
  readonly #seen = new Set<string>();
  readonly #tooDeep = new Set<string>();
  #robots: Robots = { isAllowed: () => true, sitemaps: [], delayMs: 0 };
  #hasSitemap = false;
  #requested = 0;
  #unavailable = 0;
  #isStopped = false;

  /** Problems of the site itself. */
  readonly problems: SiteProblem[] = [];

  /** @param known the stored documents of the site, by the keys of their addresses */
  constructor(scope: SiteScope, known: ReadonlyMap<string, KnownPage>, options: CrawlOptions) {
    this.#scope = scope;
    this.#known = known;
    this.#options = options;
    this.#pace = new Pace(options.rate);
    this.#client = new SiteClient({ pace: this.#pace, signal: options.signal, timeoutMs: options.timeoutMs });
  }

  /** How many addresses were not visited because of `maxPages`. */
  get notVisited(): number {
    return this.#isStopped ? 0 : this.#queue.length;
  }

  /** How many addresses were not visited because of `maxDepth`. */
  get tooDeep(): number {
    return [...this.#tooDeep].filter((key) => !this.#seen.has(key)).length;
  }

  /** How many addresses have been requested or are queued, at most `maxPages`. */
  get total(): number {
    return Math.min(this.#options.maxPages, this.#requested + this.#queue.length);
  }

  /** Whether no page of the site was missed, except for those that are too deep. */
  get isComplete(): boolean {
    return this.problems.length === 0 && !this.#isStopped && this.#queue.length === 0;
  }

  /** Visits pages in a fixed order, while requests for the next ones already run. */
  async *visits(): AsyncGenerator<Visit, void> {
    if (!(await this.#begin())) return;
    const running: Promise<Visit>[] = [];
    let isAskingForKnown = false;
    for (;;) {
      while (running.length < concurrency && this.#canRequest()) {
        const visit = this.#visitNext();
        visit.catch(() => undefined); // if the run is stopped, nobody waits for this one any more
        running.push(visit);
      }
      const visit = await running.shift();
      if (visit !== undefined) {
        this.#count(visit);
        yield visit;
      } else if (isAskingForKnown || this.#options.isPruning) return;
      else {
        // A stored document that no link leads to any more is kept as long as its page exists. The links of such a page
        // are not followed.
        isAskingForKnown = true;
        for (const { path } of this.#known.values()) this.add(path, this.#options.maxDepth);
      }
    }
  }

  /** Queues the links of a page. With a sitemap, only links to files are followed. */
  follow({ address, depth }: Pick<Visit, "address" | "depth">, links: Iterable<string>): void {
    for (const link of links) {
      if (!this.#hasSitemap || isFileAddress(link)) this.add(link, depth + 1, address);
    }
  }

  /** Queues an address, unless it was seen before. */
  add(address: string, depth: number, from?: string): void {
    if (!this.#scope.contains(address) || isOtherAddress(address)) return;
    const key = pageKey(address);
    if (depth > this.#options.maxDepth) this.#tooDeep.add(key);
    else if (!this.#seen.has(key)) {
      this.#seen.add(key);
      this.#queue.push({ address, depth, from });
    }
  }

  /** Converts the links of a page to the paths that its document stores. */
  toPaths(links: readonly string[]): string[] {
    return links.filter((link) => this.#scope.contains(link)).map((link) => link.slice(this.#scope.origin.length));
  }

  /** Converts the stored paths of a document back to links. */
  fromPaths(paths: readonly string[]): string[] {
    return paths.map((path) => this.#scope.origin + path);
  }

  /**
   * Reads `robots.txt` and the sitemaps, and queues the first addresses.
   * @returns false if `robots.txt` cannot be read
   */
  async #begin(): Promise<boolean> {
    const { start, origin } = this.#scope;
    const robots = await readRobots(this.#client, origin);
    if (typeof robots === "string") {
      this.problems.push({ address: `${origin}/robots.txt`, reason: robots });
      return false;
    }
    this.#robots = robots;
    this.#pace.slowDown(robots.delayMs);
    const { addresses, problems } = await readSitemaps(this.#client, this.#scope, robots.sitemaps);
    this.problems.push(...problems);
    this.#hasSitemap = addresses.length > 0;
    for (const address of addresses) this.add(address, 0, "sitemap");
    if (!this.#hasSitemap) this.add(start, 0);
    return true;
  }

  #canRequest(): boolean {
    return this.#queue.length > 0 && this.#requested < this.#options.maxPages && !this.#isStopped;
  }

  async #visitNext(): Promise<Visit> {
    const next: Waiting = this.#queue.shift() ?? { address: this.#scope.start, depth: 0 };
    const { depth, from } = next;
    let { address } = next;
    const passed: string[] = [];
    const visit = (result: Visit["result"]): Visit => ({ passed, address, from, depth, result });
    if (this.#robots.isAllowed(address)) this.#requested += 1;
    while (passed.length <= maxRedirects) {
      if (!this.#robots.isAllowed(address)) return visit({ kind: "disallowed" });
      const answer = await this.#client.get(address, this.#validatorsOf(address));
      if (answer.kind !== "redirect") return visit(answer);
      const target = pageAddress(answer.location, address);
      if (target === undefined || new URL(target).origin !== this.#scope.origin) {
        return visit({ kind: "elsewhere", location: target ?? answer.location });
      }
      passed.push(address);
      address = target;
      // A redirect back to an address of this visit is followed, up to the limit: some servers set a cookie on the way.
      const isOwn = passed.some((each) => pageKey(each) === pageKey(target));
      if (!isOwn && this.#seen.has(pageKey(target))) return visit({ kind: "seen" });
      this.#seen.add(pageKey(target));
    }
    return visit({ kind: "loop" });
  }

  /**
   * Undefined if the links of the page are not stored. The whole page is then requested, because a server that answers
   * that the page has not changed sends no links.
   */
  #validatorsOf(address: string): Validators | undefined {
    const { validators } = this.#known.get(pageKey(address)) ?? {};
    return validators?.links === undefined ? undefined : validators;
  }

  #count({ result }: Visit): void {
    this.#unavailable = result.kind === "unavailable" ? this.#unavailable + 1 : 0;
    const isFinal = result.kind === "unavailable" && result.isFinal;
    if (this.#isStopped || (!isFinal && this.#unavailable < maxUnavailable)) return;
    this.#isStopped = true;
    const reason = isFinal ? result.reason : "the site is not available: run the command again later.";
    this.problems.push({ address: this.#scope.start, reason });
  }
}
