import { globSync } from "node:fs";
import { basename, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { BrowserContext, Page, Request } from "playwright-core";
import type { ReceivedRequest } from "../fault-server/index.ts";
import type { HandoverReceiver } from "./handover-receiver.ts";
import { storedObjects } from "./object-storage.ts";

/** What was stored and sent, named as in docs/privacy.md, e.g. `localStorage rivulet-chat:tab:… draft`. */
export class PrivacyRecord {
  readonly browser = new Set<string>();
  readonly requests = new Set<string>();
  readonly worker = new Set<string>();
  readonly log = new Set<string>();
  readonly provider = new Set<string>();
  readonly #endpoint: string;
  readonly #turnstile: string;

  /**
   * @param endpoint the worker's address, as the page has it
   * @param turnstile the address of the stand-in for Turnstile's script
   */
  constructor(endpoint: string, turnstile: string) {
    this.#endpoint = endpoint;
    this.#turnstile = turnstile;
  }

  /** Records what the pages of a context store and request, from now on. */
  async watch(context: BrowserContext, siteUrl: string): Promise<void> {
    await context.exposeBinding("noteStored", (_, storage: string, name: string, value: string) =>
      this.#noteStored(storage, name, value),
    );
    await context.addInitScript(watchesStorage);
    context.on("request", (request) => {
      const isPage = request.isNavigationRequest() && request.url().startsWith(siteUrl);
      if (!isPage) this.#noteRequest(request);
    });
  }

  /** Records every change of `localStorage` and `sessionStorage`, however made. Must run before the page loads. */
  async watchStorage(page: Page): Promise<void> {
    const session = await page.context().newCDPSession(page);
    await session.send("DOMStorage.enable");
    for (const event of ["DOMStorage.domStorageItemAdded", "DOMStorage.domStorageItemUpdated"] as const)
      session.on(event, ({ storageId, key, newValue }) =>
        this.#noteStored(storageId.isLocalStorage ? "localStorage" : "sessionStorage", key, newValue),
      );
  }

  #noteStored(storage: string, name: string, value: string): void {
    const key = name.replace(/^(rivulet-chat:[a-z]+):.*$/, "$1:…");
    this.browser.add(`${storage} ${key}`);
    for (const field of Object.keys(objectOf(value))) this.browser.add(`${storage} ${key} ${field}`);
  }

  #noteRequest(request: Request): void {
    const url = new URL(request.url());
    if (url.protocol === "data:" || url.protocol === "blob:") return;
    const address = `${url.origin}${url.pathname}`;
    const place = address
      .replace(this.#turnstile, "https://challenges.cloudflare.com/turnstile/v0/api.js")
      .replace(this.#endpoint, "");
    const path = place
      .replace(/^\/chunks\/.*$/, "/chunks/….js")
      .replace(/^\/v1\/(assistants|challenge)\/(?!frame\.js)[^/]+/, "/v1/$1/{assistant}")
      .replace(/[\da-f]{8}-[\da-f-]{27}/, "{conversation}");
    const line = `${request.method()} ${path}`;
    this.requests.add(line);
    for (const name of url.searchParams.keys()) this.requests.add(`${line} ?${name}`);
    for (const name of Object.keys(request.headers()))
      if (!browserHeaders.test(name)) this.requests.add(`${line} ${name}:`);
    for (const field of fieldsOf(objectOf(request.postData() ?? ""))) this.requests.add(`${line} ${field}`);
  }

  /** Records what a worker has stored so far. @param state the folder that it persists to */
  noteWorker(state: string): void {
    const classes = { Visitor: "visitor's object", Ledger: "ledger" };
    for (const [className, name] of Object.entries(classes))
      for (const { tables } of storedObjects(state, className))
        for (const [table, rows] of tables) for (const row of rows) this.#noteRow(`${name} ${table}`, row);
    const [file = ""] = globSync(join(state, "v3/d1/miniflare-D1DatabaseObject/*.sqlite")).filter(
      (path) => basename(path) !== "metadata.sqlite",
    );
    using database = new DatabaseSync(file, { timeout: 10_000 });
    for (const row of database.prepare("SELECT * FROM unanswered_questions").all())
      this.#noteRow("D1 DOCUMENTS unanswered_questions", row);
  }

  #noteRow(table: string, row: Record<string, unknown>): void {
    for (const [column, value] of Object.entries(row)) {
      if (value === null) continue;
      this.worker.add(`${table} ${column}`);
      const fields = column === "frames" ? [] : fieldsOf(objectOf(String(value))).map((path) => path.split(".")[0]);
      for (const field of fields) this.worker.add(`${table} ${column}.${field}`);
    }
  }

  /** Records the fields of a worker's log lines. @param output everything that it has printed */
  noteLog(output: string): void {
    for (const line of output.split("\n")) {
      const fields = objectOf(line);
      if (typeof fields["event"] !== "string") continue;
      const event = fields["event"] === "request" ? "request" : "others";
      for (const field of Object.keys(fields)) this.log.add(`${event} ${field}`);
    }
  }

  /** Records what a provider has received. */
  noteProvider(requests: readonly ReceivedRequest[]): void {
    for (const { wire, headers, text } of requests) {
      const name = wire === "anthropic" ? "Anthropic" : "Azure";
      for (const header of Object.keys(headers))
        if (!workerHeaders.test(header)) this.provider.add(`${name} ${header}:`);
      for (const path of fieldsOf(objectOf(text))) this.provider.add(`${name} ${path.split(".", 2).join(".")}`);
    }
  }

  /** Records a message to a person, as the operator's address has received it. */
  noteHandover({ headers, body }: HandoverReceiver["received"][number]): void {
    const name = headers["webhook-id"] === undefined ? "your e-mail service" : "your webhook";
    for (const header of Object.keys(headers)) if (!workerHeaders.test(header)) this.provider.add(`${name} ${header}:`);
    for (const path of fieldsOf(objectOf(body))) this.provider.add(`${name} ${path}`);
  }

  /** Records a form that was sent to verify a challenge. */
  noteVerification(form: Record<string, string>): void {
    for (const field of Object.keys(form)) this.provider.add(`Turnstile ${field}`);
  }
}

/** Headers that every browser sends with the requests of any page. */
const browserHeaders =
  /^(accept|accept-encoding|accept-language|origin|referer|user-agent|upgrade-insecure-requests|sec-.*|cache-control|pragma|priority)$/;

/** Headers that belong to the connection, and headers that workerd adds to every request. */
const workerHeaders =
  /^(host|connection|content-length|transfer-encoding|accept|accept-encoding|accept-language|cf-.*|cdn-loop|mf-.*|sec-fetch-mode|user-agent)$/;

function objectOf(text: string): Record<string, unknown> {
  if (!/^[{[]/.test(text)) return {};
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? { "[]": value } : Object(value);
  } catch {
    return {};
  }
}

/** The paths of all fields that are not objects; the entries of a list share their paths. */
function fieldsOf(value: unknown, path = ""): string[] {
  if (Array.isArray(value)) return [...new Set(value.flatMap((each) => fieldsOf(each, path)))];
  if (typeof value !== "object" || value === null) return path === "" ? [] : [path];
  return Object.entries(value).flatMap(([name, each]) =>
    fieldsOf(each, name === "[]" ? path : path === "" ? name : `${path}.${name}`),
  );
}

/**
 * Runs in every frame before its scripts. Records each use of an API that can store or send data, other than web
 * storage and `fetch`.
 */
const watchesStorage = `{
  const note = (storage, name, value) => void globalThis.noteStored?.(storage, String(name), String(value ?? ""));
  const watch = (owner, method, storage, read) => {
    const original = owner?.prototype?.[method];
    if (!original) return;
    owner.prototype[method] = function (...given) {
      note(storage, ...read.call(this, given));
      return original.apply(this, given);
    };
  };
  // what the previous page has stored while the visitor left it
  if (window === top)
    for (const storage of ["localStorage", "sessionStorage"])
      for (const [name, value] of Object.entries(globalThis[storage])) note(storage, name, value);
  const first = ([name, value]) => [name, value];
  watch(globalThis.BroadcastChannel, "postMessage", "BroadcastChannel", function ([data]) {
    return [this.name, JSON.stringify(data)];
  });
  watch(globalThis.IDBFactory, "open", "IndexedDB", first);
  watch(globalThis.CacheStorage, "open", "Cache", first);
  watch(globalThis.ServiceWorkerContainer, "register", "service worker", first);
  watch(globalThis.StorageManager, "getDirectory", "file system", () => [""]);
  watch(globalThis.History, "pushState", "history", ([state]) => [JSON.stringify(state)]);
  watch(globalThis.History, "replaceState", "history", ([state]) => [JSON.stringify(state)]);
  watch(globalThis.Navigator, "sendBeacon", "beacon", first);
  watch(globalThis.CookieStore, "set", "cookie", first);
  for (const name of ["WebSocket", "EventSource", "Worker", "SharedWorker", "RTCPeerConnection"]) {
    const original = globalThis[name];
    if (original) globalThis[name] = class extends original {
      constructor(...given) {
        note(name, given[0]);
        super(...given);
      }
    };
  }
  const cookie = Object.getOwnPropertyDescriptor(Document.prototype, "cookie");
  Object.defineProperty(Document.prototype, "cookie", {
    ...cookie,
    set(text) {
      note("cookie", text);
      cookie.set.call(this, text);
    },
  });
}`;
