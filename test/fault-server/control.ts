import type { IncomingMessage, ServerResponse } from "node:http";
import { json } from "node:stream/consumers";
import type { Scenario } from "./scenario.ts";
import type { FaultServer, Wire } from "./server.ts";

/**
 * The body of `PUT /__fault/script`: one scenario, a list of scenarios, or a scenario or list per wire. A wire that is
 * not named keeps its default answer.
 */
export type RemoteScript = Scenario | Scenario[] | { wires: Partial<Record<Wire, Scenario | Scenario[]>> };

const prefix = "/__fault/";

/** Whether a request controls the fault server itself. */
export function isControl({ url = "" }: IncomingMessage): boolean {
  return url.startsWith(prefix);
}

/**
 * Answers a request with which another process controls the server:
 * `PUT /__fault/script` (a {@link RemoteScript}), `DELETE /__fault/script` (as `reset`), `GET /__fault/requests`,
 * `POST /__fault/release?name=`, `GET /__fault/held?name=` → `{"count"}`.
 */
export async function answerControl(
  server: FaultServer,
  message: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(message.url ?? "", "http://fault.invalid");
  const name = url.searchParams.get("name") ?? undefined;
  const command = `${message.method} ${url.pathname.slice(prefix.length)}`;
  const body: unknown = message.method === "PUT" ? await json(message) : undefined;
  if (command === "GET requests") return reply(response, 200, server.requests);
  if (command === "GET held") return reply(response, 200, { count: server.heldCount(name) });
  if (command === "POST release") server.release(name);
  else if (command === "DELETE script") server.reset();
  else if (command === "PUT script") applyScript(server, body as RemoteScript); // trusted, because only tests send it
  else return reply(response, 404, { error: `The fault server has no command ${command}.` });
  reply(response, 200, {});
}

function applyScript(server: FaultServer, script: RemoteScript): void {
  if (!("wires" in script)) return server.script(script);
  const taken: Partial<Record<Wire, number>> = {};
  server.script(({ wire }) => {
    const entry = script.wires[wire];
    if (entry === undefined) return undefined;
    const scenarios = Array.isArray(entry) ? entry : [entry];
    const index = taken[wire] ?? 0;
    taken[wire] = index + 1;
    return scenarios[Math.min(index, scenarios.length - 1)];
  });
}

function reply(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify(body));
}
