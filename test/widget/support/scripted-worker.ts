import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { ChatError, errorBody, errorStatus, parseEventId } from "../../../protocol/index.ts";
import type { AssistantProfile, ErrorCode } from "../../../protocol/index.ts";
import { readBundle } from "./bundle.ts";
import { ScriptedStore } from "./scripted-store.ts";
import { end, play, stream } from "./scripted-turn.ts";
import type { Turn } from "./scripted-turn.ts";
import { scriptFor } from "./scripts.ts";

/** A request that tests can inspect. */
export interface SeenRequest {
  method: string;
  path: string;
  /** With its question mark; empty if there is none. */
  query: string;
  authorization?: string;
  body?: unknown;
}

const profile: AssistantProfile = {
  id: "brook",
  title: "Brook",
  tagline: "Answers about rivers and streams",
  welcome: "Hello! I know a lot about running water. What would you like to know?",
  starters: ["Hello, what is a rivulet?", "Right to left, please", "Breaks off once"],
  disclosure: "AI assistant. It can be wrong.",
  privacyUrl: "https://example.com/privacy",
  available: true,
  streamVariable: "message",
  resultVariable: "response",
  limits: { maxPromptChars: 2_000 },
  features: {},
};

const consent = {
  id: "1",
  text: "What you write, and the answers, are stored for 30 days so that you can continue later.",
};

/** What each assistant's profile changes in `profile`, by the assistant's id. */
const profiles: Record<string, Partial<AssistantProfile>> = {
  brook: {},
  wordy: {
    title: "Averyveryverylongnameofanassistantwithoutanyspaces",
    welcome: "See https://help.example.com/a/long/address/without/any/place/to/break/it/anywhere/at/all",
    starters: ["Averyveryveryverylongstarterwithoutanyspacesinitatallwhatsoeverandmore"],
    disclosure: "https://example.com/averylongaddresswithoutanyplacetobreakitanywhereatall",
  },
  terse: { limits: { maxPromptChars: 20 }, starters: [], tagline: undefined },
  seeing: { limits: { maxPromptChars: 2_000, maxPageBytes: 16_384 } },
  asking: { consent },
  "asking-and-speaking": { consent, speech: { dictation: true }, handover: true },
  closed: { available: false },
  speaking: { speech: { readAloud: "local", dictation: true } },
  "speaking-anyhow": { speech: { readAloud: "any" } },
  handed: { handover: true, contactUrl: "mailto:help@example.com" },
  "handed-closed": {
    available: false,
    unavailable: "Our team can. We reply within one working day.",
    handover: true,
    contactUrl: "https://example.com/contact",
  },
  pictured: { avatar: "/avatar.svg" },
  gone: { avatar: "/gone.svg" },
  elsewhere: { avatar: "https://images.example.net/avatar.svg" },
  guarded: { turnstile: { siteKey: "1x00000000000000000000AA" } },
  failing: { turnstile: { siteKey: "1x00000000000000000000AA" } },
  variables: { streamVariable: "piece", resultVariable: "whole" },
};

/** The errors that replace some assistants' profiles, by the assistant's id. */
const refusals: Record<string, ErrorCode> = { foreign: "origin_not_allowed", unready: "not_configured" };

/** The strictest policy a site can have: no inline script or style, nothing from other origins, no HTML from text. */
const strictPolicy =
  "default-src 'none'; connect-src 'self'; script-src 'self'; style-src 'none'; require-trusted-types-for 'script'";

const strictPages: Record<string, { file: string; type: string }> = {
  "/strict.html": { file: "../embed/strict-page/index.html", type: "text/html" },
  "/strict.js": { file: "../embed/strict-page/page.js", type: "text/javascript" },
};

/** A worker with the real protocol, whose answers are scripted. It is for tests of the widget alone. */
export class ScriptedWorker {
  readonly #server: Server = createServer((request, response) => void this.#handle(request, response));
  readonly #turns = new Map<string, Turn>();
  readonly #attempts = new Map<string, number>();
  readonly #prompts = new Map<string, string>();
  readonly #store = new ScriptedStore();
  readonly #seen: SeenRequest[] = [];
  /** How often a message to a person was sent, by its id. */
  readonly #handovers = new Map<string, number>();
  /** Resolves when a test requests `/accept`, which lets held messages to a person through. */
  #held = Promise.withResolvers<void>();
  #tokens = 0;
  #challenges = 0;
  /** How often the panel was requested from the flaky folder. */
  #tries = 0;
  /** Resolves when a test requests `/flaky/japanese`. The flaky folder's Japanese arrives only then. */
  readonly #japanese = Promise.withResolvers<void>();

  /**
   * Starts listening.
   * @param port 0 for a free one
   * @returns its address
   */
  async start(port = 0): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(port, "127.0.0.1", resolve));
    const address = this.#server.address();
    if (typeof address !== "object" || address === null) throw new Error("the scripted worker has no port");
    return `http://127.0.0.1:${address.port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.setHeader("access-control-allow-origin", "*");
    response.setHeader("access-control-expose-headers", "x-request-id, Retry-After");
    response.setHeader("x-request-id", crypto.randomUUID());
    if (request.method === "OPTIONS") {
      response.setHeader("access-control-allow-headers", "Authorization, Content-Type, Last-Event-ID, If-None-Match");
      response.setHeader("access-control-allow-methods", "GET, POST, PATCH, DELETE");
      response.setHeader("access-control-max-age", "600");
      response.writeHead(204).end();
      return;
    }
    try {
      await this.#route(request, response);
    } catch (error) {
      if (!(error instanceof ChatError)) {
        console.error(error); // throwing it would end the test runner silently
        response.destroy();
        return;
      }
      const body = errorBody(error, String(response.getHeader("x-request-id")));
      sendJson(response, errorStatus(error.code), body);
    }
  }

  async #route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", "http://worker");
    const body = await readJson(request);
    const { authorization } = request.headers;
    const route = `${request.method} ${url.pathname}`;
    if (!url.pathname.startsWith("/v1/")) return this.#serveTestPage(url, response);
    this.#seen.push({ method: request.method ?? "", path: url.pathname, query: url.search, authorization, body });
    if (route === "GET /v1/health") return sendJson(response, 200, { notConfigured: [] });
    if (url.pathname.startsWith("/v1/assistants/")) {
      return sendJson(response, 200, profileOf(url.pathname.split("/").at(-1) ?? ""));
    }
    if (url.pathname === "/v1/challenge/guarded") return sendChallenge(response, this.#challenges++ === 0);
    if (url.pathname === "/v1/challenge/failing") return sendChallenge(response, true);
    if (route === "POST /v1/sessions") {
      const isGuarded = text(body, "assistant") === "guarded";
      if (isGuarded && Reflect.get(Object(body), "challengeToken") !== "solved")
        throw new ChatError("challenge_failed");
      const token = tokenFor(body, ++this.#tokens);
      return sendJson(response, 201, { token, expiresInMs: 600_000, visitor: token.split("+")[0] });
    }
    if (!authorization || authorization.includes("stale")) throw new ChatError("unauthorized");
    const visitor = authorization.split("+")[0] ?? "";
    const [, conversation, isStream] = /^\/v1\/conversations\/([^/]+)(\/stream)?$/.exec(url.pathname) ?? [];
    if (isStream) return this.#follow(request, response);
    if (conversation) {
      const target = { method: request.method ?? "", conversation, before: url.searchParams.get("before") };
      return sendJson(response, 200, this.#store.serve(target, body) ?? {});
    }
    switch (route) {
      case "GET /v1/conversations":
        return sendJson(response, 200, this.#store.list(visitor, url.searchParams.get("cursor")));
      case "POST /v1/feedback":
        this.#store.rate(body);
        return void response.writeHead(204).end();
      case "POST /v1/handover":
        return this.#handOver(response, body);
      case "GET /v1/visitor/export":
        return sendJson(response, 200, { exportedAt: 1, conversations: [] });
      case "DELETE /v1/visitor":
        this.#store.clear(visitor);
        return void response.writeHead(204).end();
      case "POST /v1/messages":
        this.#prompts.set(text(body, "id"), text(body, "userPrompt"));
        return this.#answer(response, { question: text(body, "id"), key: text(body, "id"), visitor }, body);
      case "POST /v1/regenerate":
        return this.#answer(response, { question: text(body, "message"), key: text(body, "id"), visitor }, body);
      case "POST /v1/stop":
        this.#stop(text(body, "messageId"));
        return void response.writeHead(202).end();
      case "DELETE /v1/sessions":
        return void response.writeHead(204).end();
      default:
        throw new ChatError("not_found");
    }
  }

  /** Serves what tests need besides the protocol: the built script tag, pages, and the received requests. */
  async #serveTestPage(url: URL, response: ServerResponse): Promise<void> {
    if (url.pathname === "/seen") return sendJson(response, 200, this.#seen);
    if (url.pathname === "/accept") {
      this.#held.resolve();
      this.#held = Promise.withResolvers();
      return sendJson(response, 200, {});
    }
    if (url.pathname === "/flaky/japanese") {
      this.#japanese.resolve();
      return sendJson(response, 200, {});
    }
    if (url.pathname === "/avatar.svg") {
      response.setHeader("content-type", "image/svg+xml");
      response.end(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0h1v1z" /></svg>`);
      return;
    }
    const strict = strictPages[url.pathname];
    if (strict) {
      response.setHeader("content-security-policy", strictPolicy);
      response.setHeader("content-type", strict.type);
      response.end(readFileSync(new URL(strict.file, import.meta.url)));
      return;
    }
    const [, folder, name] =
      /^\/(flaky\/|late\/)?((?:rivulet|panel|words|chunks\/[\w-]+)\.js)$/.exec(url.pathname) ?? [];
    if (!name || (folder && this.#isMissing(folder, name, url))) throw new ChatError("not_found");
    if (folder === "flaky/" && name.startsWith("chunks/ja-")) await this.#japanese.promise;
    response.setHeader("content-type", "text/javascript");
    response.setHeader("cross-origin-resource-policy", "cross-origin");
    response.end(await readBundle(name));
  }

  /**
   * Whether a folder does not serve a file. In the flaky folder, the panel loads on the second try and the chat on the
   * third. French, ratings and the chunk `companion` never load. In the late folder, the panel loads on the second try.
   */
  #isMissing(folder: string, name: string, { searchParams }: URL): boolean {
    if (folder === "late/") return name === "panel.js" && searchParams.get("try") === "0";
    if (/^chunks\/(fr|rate|companion)-/.test(name)) return true;
    if (name === "panel.js") this.#tries = Number(searchParams.get("try")) + 1;
    return this.#tries < (name.startsWith("chunks/chat-") ? 3 : 2) && name !== "rivulet.js";
  }

  /** @param question.key the id by which a repeated request is recognized */
  async #answer(
    response: ServerResponse,
    { question, key, visitor }: { question: string; key: string; visitor: string },
    body: unknown,
  ): Promise<void> {
    let turn = this.#turns.get(key);
    if (!turn) {
      const attempt = (this.#attempts.get(question) ?? 0) + 1;
      this.#attempts.set(question, attempt);
      const steps = scriptFor(this.#prompts.get(question) ?? "")(attempt);
      const [first] = steps;
      if (first && "refuse" in first) throw new ChatError(first.refuse, { retryAfterMs: first.retryAfterMs });
      const isNewAnswer = key !== question;
      const answer = isNewAnswer ? key : crypto.randomUUID();
      const conversation = text(body, "conversation");
      const ids = { answer, question, conversation, createdAt: Date.now() };
      turn = { ...ids, events: [], isOver: false, isStopped: false, changed: new EventTarget() };
      this.#turns.set(key, turn);
      this.#store.begin(turn, visitor, isNewAnswer ? undefined : body);
      void play(turn, steps, () => response.destroy());
    }
    await stream(turn, 0, response);
  }

  /** The first word of a message to a person decides what happens to the message. */
  async #handOver(response: ServerResponse, body: unknown): Promise<void> {
    const id = text(body, "id");
    const attempt = (this.#handovers.get(id) ?? 0) + 1;
    this.#handovers.set(id, attempt);
    const [word] = text(body, "message").split(" ");
    if (word === "limited") throw new ChatError("rate_limited", { retryAfterMs: 3_600_000 });
    if (word === "fails" && attempt === 1) throw new ChatError("handover_failed");
    if (word === "deleted" && "conversation" in Object(body)) throw new ChatError("not_found");
    if (word === "proxy") return sendJson(response, 200, { ok: true });
    if (word === "held") await this.#held.promise;
    response.writeHead(202).end();
  }

  async #follow(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const after = parseEventId(String(request.headers["last-event-id"] ?? ""));
    const turn = [...this.#turns.values()].find(({ answer }) => answer === after?.answer);
    if (!turn || !after) return void response.writeHead(204).end();
    await stream(turn, after.seq, response);
  }

  #stop(answer: string): void {
    const turn = [...this.#turns.values()].find((other) => other.answer === answer);
    if (!turn || turn.isOver) return;
    turn.isStopped = true;
    end(turn, "aborted");
  }
}

function profileOf(id: string): AssistantProfile {
  const refusal = refusals[id];
  if (refusal) throw new ChatError(refusal);
  const change = profiles[id];
  if (!change) throw new ChatError("not_found");
  return { ...profile, ...change, id };
}

/** A challenge that needs the visitor, and then fails or is solved. */
function sendChallenge(response: ServerResponse, isFailing: boolean): void {
  response.setHeader("content-type", "text/html");
  response.end(`<!doctype html><html lang="en"><title>Verification</title><button>I am human</button><script>
    const tell = (message) => parent.postMessage({ type: "rivulet-challenge", ...message }, "*");
    tell({ needsVisitor: true });
    setTimeout(() => tell(${isFailing ? "{ failed: true }" : '{ token: "solved" }'}), 300);
  </script></html>`);
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  const body = Buffer.concat(chunks).toString();
  return body === "" ? undefined : JSON.parse(body);
}

/**
 * A token for a session. The part before the plus sign is the visitor: the person in the user token, the visitor of the
 * token that is renewed, or a new visitor.
 */
function tokenFor(body: unknown, count: number): string {
  const { renew, userToken } = Object(body) as { renew?: unknown; userToken?: unknown };
  if (typeof userToken === "string") return `named-${userToken}+${count}`;
  const isKnown = typeof renew === "string" && !renew.includes("stale");
  return isKnown ? `${renew.split("+")[0]}+${count}` : `token-${count}-${text(body, "assistant")}+`;
}

function text(body: unknown, field: string): string {
  const value: unknown = typeof body === "object" && body !== null ? Reflect.get(body, field) : undefined;
  if (typeof value !== "string") throw new ChatError("invalid_request", { field });
  return value;
}
