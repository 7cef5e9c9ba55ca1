import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { once } from "node:events";
import { buffer } from "node:stream/consumers";
import { ingestDemoIntoD1 } from "../../scripts/lib/ingest/demo-documents.ts";
import { at } from "../../scripts/lib/root.ts";
import type { Project } from "../../worker/assistants/project.ts";
import { startFaultServer, type Scenario } from "../fault-server/index.ts";
import { makeFolder, removeFolder, startTestWorker } from "./worker.ts";

/** The demo as `npm start` serves it, with its documents, whose provider can be scripted. */
export interface Demo {
  /** Without a trailing slash. */
  readonly url: string;
  /** What the provider answers from now on. Without a scenario, the stand-in answers. */
  answerWith(scenario?: Scenario): void;
  [Symbol.asyncDispose](): Promise<void>;
}

interface StandIn {
  startStandIn(): Promise<{ url: string; stop(): Promise<void> }>;
}

interface LoadProject {
  loadProject(): Promise<Project>;
}

/** Starts the demo from `dist/demo`. */
export async function startDemo(): Promise<Demo> {
  const { startStandIn }: StandIn = await import(at("demo/stand-in/server.ts")); // typed for another runtime
  const [standIn, scripted, state] = [await startStandIn(), await startFaultServer(), await makeFolder("demo")];
  let provider = standIn.url;
  const gateway = createServer((request, response) => void forward(request, response, provider));
  gateway.listen(0, "127.0.0.1");
  await once(gateway, "listening");
  const address = gateway.address();
  const { loadProject }: LoadProject = await import(at("scripts/lib/load-project.ts")); // it needs the demo's types, too
  await ingestDemoIntoD1(await loadProject(), state);
  const worker = await startTestWorker({
    entry: "worker/index.ts",
    assets: "dist/demo",
    state,
    variables: {
      ANTHROPIC_API_KEY: "k",
      ANTHROPIC_BASE_URL: `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`,
    },
  });
  return {
    url: worker.url,
    answerWith(scenario) {
      provider = scenario === undefined ? standIn.url : scripted.url;
      if (scenario !== undefined) scripted.script(scenario);
    },
    async [Symbol.asyncDispose]() {
      await worker.stop();
      gateway.close();
      await Promise.all([standIn.stop(), scripted.close(), removeFolder(state)]);
    },
  };
}

async function forward(request: IncomingMessage, response: ServerResponse, provider: string): Promise<void> {
  const body = new Uint8Array(await buffer(request));
  const headers = { "content-type": "application/json", "x-api-key": "k" };
  const answer = await fetch(provider + (request.url ?? ""), { method: "POST", headers, body });
  response.writeHead(answer.status, { "content-type": answer.headers.get("content-type") ?? "" });
  for await (const bytes of answer.body ?? []) response.write(bytes);
  response.end();
}
