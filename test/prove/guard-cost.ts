// What the ledger costs per turn: the time to the first token with the ledger as it is, with injected delays, and
// without a ledger; and the CPU time with and without a ledger.
import { performance } from "node:perf_hooks";
import { routes } from "../../protocol/index.ts";
import { anthropicAnswer, startFaultServer } from "../fault-server/index.ts";
import { readStream, TestVisitor } from "../support/client.ts";
import { startTestWorker, type TestWorker } from "../support/worker.ts";
import { findWorkerds, usageOf } from "./processes.ts";

const rounds = 120;
const ledgerMs = 150;
const storageMs = 20;
const blocks = 8;
const turnsPerBlock = 50;

/**
 * The worker's variables in each variant, by the variant's name in the figures. They inject delays or leave out the
 * ledger. The ledger's delay stands for its whole reply, including its write.
 */
const variants = {
  asItIs: {},
  withoutLedger: { WITHOUT_LEDGER: "1" },
  storageSlow: { STORAGE_DELAY_MS: String(storageMs) },
  ledgerSlow: { LEDGER_DELAY_MS: String(ledgerMs) },
  bothSlow: { LEDGER_DELAY_MS: String(ledgerMs), STORAGE_DELAY_MS: String(storageMs) },
  bothSlowAndLedgersStorageOnTop: {
    LEDGER_DELAY_MS: String(ledgerMs),
    STORAGE_DELAY_MS: String(storageMs),
    LEDGER_STORAGE_DELAY_MS: String(storageMs),
  },
} satisfies Record<string, Record<string, string>>;

type Variant = keyof typeof variants;

/** A worker with its processes. */
interface Measured {
  worker: TestWorker;
  processes: number[];
}

/** Alternates between the variants, so that other load on the machine affects all of them equally. */
export async function prove(): Promise<Record<string, unknown>> {
  await using upstream = await startFaultServer();
  upstream.script(anthropicAnswer({ text: ["first", " second"] }));
  await using stack = new AsyncDisposableStack();
  const workers = {} as Record<Variant, Measured>;
  const names = Object.keys(variants) as Variant[];
  for (const name of names) {
    const before = Object.values(workers).flatMap(({ processes }) => processes);
    const variables = { ANTHROPIC_API_KEY: "k", ANTHROPIC_BASE_URL: upstream.url, ...variants[name] };
    const worker = stack.use(await startTestWorker({ entry: "test/worker/project/injected-entry.ts", variables }));
    workers[name] = { worker, processes: findWorkerds().filter((process) => !before.includes(process)) };
  }
  const times = await timeRounds(names, workers);
  const median = (name: Variant) => medianOf(times[name]);
  const laterBy = (name: Variant, than: Variant) => round1(median(name) - median(than));
  return {
    rounds,
    injectedMs: { ledgersAnswer: ledgerMs, storagesConfirmation: storageMs },
    firstTokenMs: Object.fromEntries(names.map((name) => [name, summary(times[name])])),
    firstTokenLaterThanAsItIsMs: {
      storageSlow: laterBy("storageSlow", "asItIs"),
      ledgerSlow: laterBy("ledgerSlow", "asItIs"),
      bothSlow: laterBy("bothSlow", "asItIs"),
      bothSlowAndLedgersStorageOnTop: laterBy("bothSlowAndLedgersStorageOnTop", "asItIs"),
    },
    guardCosts: {
      firstTokenMs: laterBy("asItIs", "withoutLedger"),
      ...(await timeProcessor(workers.asItIs, workers.withoutLedger)),
    },
  };
}

/** Time to the first token, round by round. Each round begins with another variant. The first five rounds warm up. */
async function timeRounds(names: Variant[], workers: Record<Variant, Measured>): Promise<Record<Variant, number[]>> {
  const times = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Variant, number[]>;
  for (let round = -5; round < rounds; round++) {
    for (const at of names.keys()) {
      const name = names[(at + round + names.length) % names.length] ?? "asItIs";
      const firstTokenMs = await timeFirstToken(await TestVisitor.arrive(workers[name].worker.url, "capped-high"));
      if (round >= 0) times[name].push(firstTokenMs);
    }
  }
  return times;
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

/** Workerd's CPU time per turn, with and without the ledger, measured in alternating blocks of turns. */
async function timeProcessor(guarded: Measured, unguarded: Measured): Promise<Record<string, number>> {
  const used = new Map<Measured, number[]>([
    [guarded, []],
    [unguarded, []],
  ]);
  for (let block = 0; block < blocks; block++) {
    for (const [measured, figures] of block % 2 === 0 ? used : [...used].toReversed()) {
      const arrive = () => TestVisitor.arrive(measured.worker.url, "capped-high");
      const visitors = await Promise.all(Array.from({ length: turnsPerBlock }, arrive));
      const before = usageOf(measured.processes).processorMs;
      for (const visitor of visitors) await timeFirstToken(visitor);
      figures.push((usageOf(measured.processes).processorMs - before) / turnsPerBlock);
    }
  }
  const [withLedger = 0, withoutLedger = 0] = [...used.values()].map(medianOf);
  return {
    workerdProcessorMsPerTurn: round1(withLedger - withoutLedger),
    workerdProcessorMsPerTurnWithLedger: round1(withLedger),
    workerdProcessorMsPerTurnWithoutLedger: round1(withoutLedger),
    turnsMeasuredEach: blocks * turnsPerBlock,
  };
}

function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2;
}

function summary(values: readonly number[]): { median: number; p95: number } {
  const sorted = values.toSorted((a, b) => a - b);
  return { median: round1(medianOf(values)), p95: round1(sorted[Math.floor(values.length * 0.95)] ?? 0) };
}

function round1(value: number): number {
  return Math.round(value * 10) / 10;
}
