import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { anthropicAnswer } from "./anthropic.ts";
import { azureAnswer, tokenAnswer } from "./azure.ts";
import { answerControl, isControl } from "./control.ts";
import { embeddingsAnswer } from "./embeddings.ts";
import { jsonAnswer } from "./faults.ts";
import { Gates, play } from "./play.ts";
import type { Scenario } from "./scenario.ts";
import { eventually } from "../support/eventually.ts";

/** The API that a request uses, derived from its path. */
export type Wire = "anthropic" | "models" | "deployments" | "v1" | "embeddings" | "token" | "other";

/** A request as the server received it. Times are milliseconds since the epoch. */
export interface ReceivedRequest {
  /** Counts from 0. */
  index: number;
  wire: Wire;
  method: string;
  /** Path and query. */
  url: string;
  headers: Record<string, string>;
  /** The body as it arrived. */
  text: string;
  /** The body as JSON; undefined if it is not JSON. */
  json: unknown;
  receivedAt: number;
  /** When the response had been sent completely. */
  endedAt?: number;
  /** When the connection closed before the end of the response, because the client left or the scenario broke it. */
  leftAt?: number;
}

/** Decides what happens to a request; undefined means the default answer of its wire. */
export type Script = (request: ReceivedRequest) => Scenario | undefined;

/** A scripted upstream. */
export interface FaultServer {
  /** Without a trailing slash, e.g. `http://127.0.0.1:40123`. */
  readonly url: string;
  /** Every request so far, in order of arrival. */
  readonly requests: readonly ReceivedRequest[];
  /**
   * Sets what happens to requests from now on: one scenario for all of them, a list with one scenario per request (the
   * last one is then repeated), or a function. A scenario or a list affects neither the token endpoint nor embeddings.
   * Without an argument, every wire gives its default answer.
   */
  script(script?: Scenario | readonly Scenario[] | Script): void;
  /** Resolves when this many requests have arrived. */
  waitForRequests(count: number): Promise<ReceivedRequest[]>;
  /** Resolves when a request's connection has closed before the response ended. @returns when it closed */
  waitUntilLeft(request: ReceivedRequest): Promise<number>;
  /** How many requests wait in a `hold` with this name; without a name, in any `hold` or `stall`. */
  heldCount(name?: string): number;
  /** Releases the requests that wait now in a `hold` with this name; without a name, in any `hold`. */
  release(name?: string): void;
  /**
   * Forgets the requests and the script. A request that waits in a `hold` can no longer be released: it waits until its
   * client leaves.
   */
  reset(): void;
  /** Closes every connection and the server. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * Starts a scripted upstream with Anthropic's API (`/v1/messages`), Azure's three URL forms
 * (`/models/chat/completions`, `/openai/deployments/{name}/chat/completions`, `/openai/v1/chat/completions`),
 * embeddings (`…/embeddings`) and Entra ID's token endpoint (`/{tenant}/oauth2/v2.0/token`).
 * @param options port and host to listen on; by default any free port on 127.0.0.1
 */
export async function startFaultServer(options: { port?: number; host?: string } = {}): Promise<FaultServer> {
  const { port = 0, host = "127.0.0.1" } = options;
  const requests: ReceivedRequest[] = [];
  let gates = new Gates();
  let script: Script = () => undefined;

  const server = createServer((message, response) => {
    void (isControl(message) ? answerControl(faultServer, message, response) : answer(message, response));
  });

  async function answer(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const request = await receive(message, requests);
    const left = new AbortController();
    response.on("close", () => {
      request[response.writableFinished ? "endedAt" : "leftAt"] = Date.now();
      left.abort();
    });
    response.socket?.setNoDelay(true);
    await play(script(request) ?? defaultAnswer(request), response, gates, left.signal);
  }

  // Idle connections stay open. Otherwise, a client that reuses one could see a failure that no script asked for.
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve) => server.listen(port, host, resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The fault server has no port.");

  const faultServer: FaultServer = {
    url: `http://${host}:${address.port}`,
    requests,
    script: (next) => void (script = toScript(next)),
    waitForRequests: (count) =>
      eventually(() => {
        if (requests.length < count) throw new Error(`${requests.length} of ${count} requests have arrived.`);
        return requests.slice(0, count);
      }),
    waitUntilLeft: (request) => eventually(() => request.leftAt ?? false),
    heldCount: (name) => gates.count(name),
    release: (name) => gates.release(name),
    reset() {
      requests.length = 0;
      script = () => undefined;
      gates = new Gates();
    },
    async close() {
      const closed = new Promise<void>((resolve) => void server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
    [Symbol.asyncDispose]: () => faultServer.close(),
  };
  return faultServer;
}

async function receive(message: IncomingMessage, requests: ReceivedRequest[]): Promise<ReceivedRequest> {
  const body = await text(message);
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(message.headers)) headers[name] = String(value);
  const { method = "", url = "" } = message;
  const common = { index: requests.length, wire: wireOf(url), method, url, headers, text: body };
  const request: ReceivedRequest = { ...common, json: parse(body), receivedAt: Date.now() };
  requests.push(request);
  return request;
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined; // forms and invalid JSON are kept as text
  }
}

function wireOf(url: string): Wire {
  const { pathname } = new URL(url, "http://fault.invalid");
  if (pathname.endsWith("/v1/messages")) return "anthropic";
  if (pathname.endsWith("/oauth2/v2.0/token")) return "token";
  if (pathname.endsWith("/embeddings")) return "embeddings";
  if (!pathname.endsWith("/chat/completions")) return "other";
  if (pathname.includes("/deployments/")) return "deployments";
  return pathname.endsWith("/v1/chat/completions") ? "v1" : "models";
}

function defaultAnswer({ wire, json }: ReceivedRequest): Scenario {
  if (wire === "anthropic") return anthropicAnswer();
  if (wire === "embeddings") return embeddingsAnswer(json);
  if (wire === "token") return tokenAnswer();
  if (wire === "other") return jsonAnswer(404, { error: "There is nothing here." });
  return azureAnswer();
}

function toScript(script: Scenario | readonly Scenario[] | Script | undefined): Script {
  if (script === undefined) return () => undefined;
  if (typeof script === "function") return script;
  const scenarios: readonly Scenario[] = "steps" in script ? [script] : script;
  let next = 0;
  return ({ wire }) => {
    if (wire === "token" || wire === "embeddings") return undefined;
    const scenario = scenarios[Math.min(next, scenarios.length - 1)];
    next += 1;
    return scenario;
  };
}
