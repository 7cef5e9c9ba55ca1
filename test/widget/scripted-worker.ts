import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { ChatError, errorBody, errorStatus, formatEventId, parseEventId } from "../../protocol/index.ts";
import type { AssistantProfile, ChatEvent, ErrorCode, Usage } from "../../protocol/index.ts";
import { readBundle } from "./bundle.ts";
import { scriptFor } from "./scripts.ts";
import type { Step } from "./scripts.ts";

/** A request as a test may look at it. */
export interface SeenRequest {
  method: string;
  path: string;
  authorization?: string;
  body?: unknown;
}

interface Turn {
  answer: string;
  events: ChatEvent[];
  isOver: boolean;
  isStopped: boolean;
  changed: EventTarget;
}

const usage: Usage = { inputTokens: 12, outputTokens: 34, source: "provider" };

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

/** Assistants whose profile is another one, by id. */
const profiles: Record<string, Partial<AssistantProfile>> = {
  brook: {},
  terse: { limits: { maxPromptChars: 20 }, starters: [], tagline: undefined },
  closed: { available: false },
  variables: { streamVariable: "piece", resultVariable: "whole" },
};

/** Assistants that refuse, by id. */
const refusals: Record<string, ErrorCode> = { foreign: "origin_not_allowed", unready: "not_configured" };

/** As strict as a site's policy can be: no inline script or style, nothing from elsewhere, no HTML from text. */
const strictPolicy =
  "default-src 'none'; connect-src 'self'; script-src 'self'; style-src 'none'; require-trusted-types-for 'script'";

const strictPages: Record<string, { file: string; type: string }> = {
  "/strict.html": { file: "./strict-page/index.html", type: "text/html" },
  "/strict.js": { file: "./strict-page/page.js", type: "text/javascript" },
};

/** A worker that speaks the real wire, and answers as a script says. It is for tests of the widget alone. */
export class ScriptedWorker {
  readonly #server: Server = createServer((request, response) => void this.#handle(request, response));
  readonly #turns = new Map<string, Turn>();
  readonly #attempts = new Map<string, number>();
  readonly #prompts = new Map<string, string>();
  readonly #seen: SeenRequest[] = [];
  #tokens = 0;

  /**
   * Starts listening.
   * @param port 0 for any that is free
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
      response.setHeader("access-control-allow-methods", "GET, POST, DELETE");
      response.setHeader("access-control-max-age", "600");
      response.writeHead(204).end();
      return;
    }
    try {
      await this.#route(request, response);
    } catch (error) {
      if (!(error instanceof ChatError)) throw error;
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
    this.#seen.push({ method: request.method ?? "", path: url.pathname, authorization, body });
    if (url.pathname.startsWith("/v1/assistants/")) {
      return sendJson(response, 200, profileOf(url.pathname.split("/").at(-1) ?? ""));
    }
    if (route === "POST /v1/sessions") {
      const token = `token-${++this.#tokens}-${text(body, "assistant")}`;
      return sendJson(response, 201, { token, expiresInMs: 600_000, visitor: "v" });
    }
    if (!authorization || authorization.includes("stale")) throw new ChatError("unauthorized");
    const conversation = /^\/v1\/conversations\/([^/]+)\/stream$/.exec(url.pathname)?.[1];
    if (conversation) return this.#follow(request, response);
    switch (route) {
      case "POST /v1/messages":
        this.#prompts.set(text(body, "id"), text(body, "userPrompt"));
        return this.#answer(response, text(body, "id"), text(body, "id"), body);
      case "POST /v1/regenerate":
        return this.#answer(response, text(body, "message"), text(body, "id"), body);
      case "POST /v1/stop":
        this.#stop(text(body, "messageId"));
        return void response.writeHead(202).end();
      case "DELETE /v1/sessions":
        return void response.writeHead(204).end();
      default:
        throw new ChatError("not_found");
    }
  }

  /** What tests need besides the protocol: the built script tag, pages, and what came over the wire. */
  async #serveTestPage(url: URL, response: ServerResponse): Promise<void> {
    if (url.pathname === "/seen") return sendJson(response, 200, this.#seen);
    const strict = strictPages[url.pathname];
    if (strict) {
      response.setHeader("content-security-policy", strictPolicy);
      response.setHeader("content-type", strict.type);
      response.end(readFileSync(new URL(strict.file, import.meta.url)));
      return;
    }
    const [, folder, name] = /^\/(flaky\/)?((?:rivulet|panel|chunks\/[\w-]+)\.js)$/.exec(url.pathname) ?? [];
    const isMissing = folder && name === "panel.js" && !url.searchParams.has("try"); // comes at the second try
    if (!name || isMissing) throw new ChatError("not_found");
    response.setHeader("content-type", "text/javascript");
    response.setHeader("cross-origin-resource-policy", "cross-origin");
    response.end(await readBundle(name));
  }

  /** @param key the id that makes a post the same as an earlier one */
  async #answer(response: ServerResponse, question: string, key: string, body: unknown): Promise<void> {
    let turn = this.#turns.get(key);
    if (!turn) {
      const attempt = (this.#attempts.get(question) ?? 0) + 1;
      this.#attempts.set(question, attempt);
      const steps = scriptFor(this.#prompts.get(question) ?? "")(attempt);
      const [first] = steps;
      if (first && "refuse" in first) throw new ChatError(first.refuse, { retryAfterMs: first.retryAfterMs });
      const isNewAnswer = key !== question;
      const answer = isNewAnswer ? key : crypto.randomUUID();
      turn = { answer, events: [], isOver: false, isStopped: false, changed: new EventTarget() };
      this.#turns.set(key, turn);
      void play(turn, steps, { question, conversation: text(body, "conversation") }, () => response.destroy());
    }
    await stream(turn, 0, response);
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

async function play(
  turn: Turn,
  steps: Step[],
  { question, conversation }: { question: string; conversation: string },
  cut: () => void,
): Promise<void> {
  const ids = { messageId: turn.answer, userMessageId: question, conversationId: conversation };
  add(turn, { type: "start", ...ids, assistant: "brook" });
  for (const step of steps) {
    if (turn.isStopped) return;
    if ("event" in step) add(turn, step.event);
    else if ("waitMs" in step) await sleep(step.waitMs);
    else if ("cut" in step) cut();
    else if ("text" in step) await write(turn, step);
    else if ("end" in step) end(turn, step.end, step.sources);
    else if ("fail" in step) fail(turn, step.fail, step.retryAfterMs);
  }
}

async function write(turn: Turn, { text, pieceChars, everyMs }: Extract<Step, { text: string }>): Promise<void> {
  for (let at = 0; at < text.length && !turn.isStopped; at += pieceChars) {
    add(turn, { type: "delta", content: text.slice(at, at + pieceChars) });
    await sleep(everyMs);
  }
}

function end(turn: Turn, finishReason: Extract<Step, { end: unknown }>["end"], sources = noSources): void {
  const timing = { contextMs: null, firstTokenMs: 1, totalMs: 2 };
  const content = contentOf(turn);
  add(turn, { type: "response", messageId: turn.answer, content, finishReason, usage, citations: [], sources, timing });
}

function fail(turn: Turn, code: ErrorCode, retryAfterMs?: number): void {
  const { message } = new ChatError(code);
  const requestId = crypto.randomUUID();
  const content = contentOf(turn);
  add(turn, {
    type: "error",
    messageId: turn.answer,
    code,
    message,
    requestId,
    retryable: true,
    retryAfterMs,
    usage,
    content,
  });
}

const noSources: NonNullable<Extract<Step, { end: unknown }>["sources"]> = [];

function contentOf(turn: Turn): string {
  return turn.events.map((event) => (event.type === "delta" ? event.content : "")).join("");
}

function add(turn: Turn, event: ChatEvent): void {
  if (turn.isOver) return;
  turn.events.push(event);
  turn.isOver = event.type === "response" || event.type === "error";
  turn.changed.dispatchEvent(new Event("change"));
}

/** Sends a turn's events after a number, those to come included. */
async function stream(turn: Turn, after: number, response: ServerResponse): Promise<void> {
  response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-cache, no-transform" });
  response.write("retry: 1000\n\n: hello\n\n");
  let next = after;
  const send = () => {
    for (const event of turn.events.slice(next)) {
      next += 1;
      const id = formatEventId({ answer: turn.answer, seq: next });
      response.write(`id: ${id}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
    }
    if (turn.isOver) response.end();
  };
  turn.changed.addEventListener("change", send);
  response.on("close", () => turn.changed.removeEventListener("change", send));
  send();
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

function text(body: unknown, field: string): string {
  const value: unknown = typeof body === "object" && body !== null ? Reflect.get(body, field) : undefined;
  if (typeof value !== "string") throw new ChatError("invalid_request", { field });
  return value;
}
