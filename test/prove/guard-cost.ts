// What the ledger costs a turn: time to the first token with its answer delayed, as it is, and without it.
import { performance } from "node:perf_hooks";
import { routes } from "../../protocol/index.ts";
import { anthropicAnswer, startFaultServer } from "../fault-server/index.ts";
import { readStream, TestVisitor } from "../support/client.ts";
import { startTestWorker } from "../support/worker.ts";

const rounds = 100;
const delayMs = 150;

/** Asks in turn with each set-up, so that whatever else the machine does weighs on all of them alike. */
export async function prove(): Promise<Record<string, unknown>> {
  await using upstream = await startFaultServer();
  upstream.script(anthropicAnswer({ text: ["first", " second"] }));
  const common = { ANTHROPIC_API_KEY: "k", ANTHROPIC_BASE_URL: upstream.url };
  const start = (variables: Record<string, string>) =>
    startTestWorker({ entry: "test/worker/project/injected-entry.ts", variables: { ...common, ...variables } });
  await using asItIs = await start({});
  await using without = await start({ WITHOUT_LEDGER: "1" });
  await using delayed = await start({ LEDGER_DELAY_MS: String(delayMs) });
  const times = { asItIs: [] as number[], without: [] as number[], delayed: [] as number[] };
  for (let round = -5; round < rounds; round++) {
    for (const [name, worker] of Object.entries({ asItIs, without, delayed })) {
      const firstTokenMs = await timeFirstToken(await TestVisitor.arrive(worker.url, "capped-high"));
      if (round >= 0) times[name as keyof typeof times].push(firstTokenMs);
    }
  }
  const figures = Object.fromEntries(Object.entries(times).map(([name, all]) => [name, summary(all)]));
  const guardMs = round1(median(times.asItIs) - median(times.without));
  const delayedByMs = round1(median(times.delayed) - median(times.asItIs));
  return { rounds, delayMs, firstTokenMs: figures, guardMs, delayedByMs };
}

async function timeFirstToken(visitor: TestVisitor): Promise<number> {
  const body = { conversation: crypto.randomUUID(), id: crypto.randomUUID(), userPrompt: "Hello?" };
  const startedAt = performance.now();
  let firstAt: number | undefined;
  const response = await visitor.send(routes.messages, { body });
  await readStream(response, ({ event }) => {
    if (event.type === "delta") firstAt ??= performance.now();
  });
  if (firstAt === undefined) throw new Error(`no token: status ${response.status}`);
  return firstAt - startedAt;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function summary(values: readonly number[]): { median: number; p95: number } {
  const sorted = values.toSorted((a, b) => a - b);
  return { median: round1(median(values)), p95: round1(sorted[Math.floor(values.length * 0.95)] ?? 0) };
}

function round1(value: number): number {
  return Math.round(value * 10) / 10;
}
