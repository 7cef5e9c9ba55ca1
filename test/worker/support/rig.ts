import { startFaultServer, type FaultServer } from "../../fault-server/index.ts";
import { startTestWorker, type TestWorker, type TestWorkerOptions } from "../../support/worker.ts";

/** A worker with the project of these tests, and the upstream behind it. */
export interface Rig {
  readonly upstream: FaultServer;
  readonly worker: TestWorker;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Starts both. */
export async function startRig(options: TestWorkerOptions = {}): Promise<Rig> {
  const upstream = await startFaultServer();
  const worker = await startTurnWorker(upstream, options);
  const dispose = async () => {
    await worker.stop();
    await upstream.close();
  };
  return { upstream, worker, [Symbol.asyncDispose]: dispose };
}

/** Starts a worker that asks this upstream: the first one, or another one on the first one's state. */
export function startTurnWorker(upstream: FaultServer, options: TestWorkerOptions = {}): Promise<TestWorker> {
  return startTestWorker({
    entry: "test/worker/turn-project/entry.ts",
    ...options,
    variables: { ANTHROPIC_API_KEY: "k", ANTHROPIC_BASE_URL: upstream.url, ...options.variables },
  });
}

/** `count` different pieces of text, with a character that is easily cut in two. */
export function pieces(count: number): string[] {
  return Array.from({ length: count }, (_, at) => `${at}🌊 `);
}
