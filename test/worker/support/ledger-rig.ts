import assert from "node:assert/strict";
import { routes } from "../../../protocol/index.ts";
import { startFaultServer, type FaultServer } from "../../fault-server/index.ts";
import { readStream, TestVisitor, type Streamed } from "../../support/client.ts";
import { eventually } from "../../support/eventually.ts";
import { storedObjects } from "../../support/object-storage.ts";
import { makeFolder, removeFolder, startTestWorker, type TestWorker } from "../../support/worker.ts";

/** A worker with the ledger's test project, its upstream, and what its ledgers have stored. */
export interface LedgerRig {
  readonly upstream: FaultServer;
  readonly worker: TestWorker;
  readonly state: string;
  /** Waits until an assistant's ledger says that this many output tokens were paid today, with no reservation open. */
  assertPaid(assistant: string, tokens: number): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Starts a worker with the ledger's test project. */
export async function startLedgerRig(variables: Record<string, string> = {}): Promise<LedgerRig> {
  const upstream = await startFaultServer();
  const state = await makeFolder("ledger");
  const worker = await startLedgerWorker(upstream, state, variables);
  return {
    upstream,
    worker,
    state,
    // A turn is settled only after its stream has ended.
    assertPaid: (assistant, paid) => eventually(() => assert.deepEqual(books(state, assistant), { paid, open: 0 })),
    [Symbol.asyncDispose]: async () => {
      await worker.stop();
      await upstream.close();
      await removeFolder(state);
    },
  };
}

/** Starts a worker with the ledger's test project. Its folder may already contain state. */
export function startLedgerWorker(
  upstream: FaultServer,
  state: string,
  variables: Record<string, string> = {},
): Promise<TestWorker> {
  return startTestWorker({
    entry: "test/worker/ledger-project/entry.ts",
    state,
    variables: {
      ANTHROPIC_API_KEY: "k",
      ANTHROPIC_BASE_URL: upstream.url,
      AZURE_AI_API_KEY: "k",
      MODELS_ENDPOINT: `${upstream.url}/models`,
      ...variables,
    },
  });
}

/** How many output tokens an assistant's ledger counts as paid today, and how many reservations are open. */
export function books(state: string, assistant: string): { paid: number; open: number } {
  const ledgers = storedObjects(state, "Ledger").filter(({ name }) => name === assistant);
  const rows = (table: string) => ledgers.flatMap(({ tables }) => tables.get(table) ?? []);
  const nanoUsd = Number(rows("account").find(({ who }) => who === "*")?.["nano_usd_on_day"]);
  return { paid: nanoUsd / 1000, open: rows("entry").length };
}

/** A new visitor asks once. */
export async function askOnce(worker: TestWorker, assistant: string): Promise<Streamed> {
  const visitor = await TestVisitor.arrive(worker.url, assistant);
  return visitor.ask("What does it cost?");
}

/** Asks from an IP address. */
export async function askFrom(visitor: TestVisitor, address: string): Promise<Streamed> {
  const body = { conversation: crypto.randomUUID(), id: crypto.randomUUID(), userPrompt: "What does it cost?" };
  return readStream(await visitor.send(routes.messages, { body, headers: { "cf-connecting-ip": address } }));
}

/** A new visitor asks, and stops the turn once the page has seen what `isDue` waits for. */
export async function askAndStop(
  { worker }: LedgerRig,
  assistant: string,
  isDue: (streamed: Streamed["frames"]) => boolean,
): Promise<Streamed> {
  const visitor = await TestVisitor.arrive(worker.url, assistant);
  const [conversation, id] = [crypto.randomUUID(), crypto.randomUUID()];
  const body = { conversation, id, userPrompt: "What does it cost?" };
  const response = await visitor.send(routes.messages, { body });
  const seen: Streamed["frames"] = [];
  const reading = readStream(response, (frame) => seen.push(frame));
  await eventually(() => isDue(seen));
  await visitor.send(routes.stop, { body: { conversation, messageId: id } });
  return reading;
}
