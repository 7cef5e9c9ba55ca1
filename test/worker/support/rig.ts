import { startFaultServer, type FaultServer } from "../../fault-server/index.ts";
import { startTestWorker, type TestWorker, type TestWorkerOptions } from "../../support/worker.ts";

/** A worker with these tests' project, and its upstream. */
export interface Rig {
  readonly upstream: FaultServer;
  readonly worker: TestWorker;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Starts a worker and its upstream. */
export async function startRig(options: TestWorkerOptions = {}): Promise<Rig> {
  const upstream = await startFaultServer();
  const worker = await startTurnWorker(upstream, options).catch(async (error: unknown) => {
    await upstream.close(); // otherwise the test's process would not end
    throw error;
  });
  const dispose = async () => {
    await worker.stop();
    await upstream.close();
  };
  return { upstream, worker, [Symbol.asyncDispose]: dispose };
}

/** Starts a worker that uses this upstream. It can continue on the state of an earlier worker. */
export function startTurnWorker(upstream: FaultServer, options: TestWorkerOptions = {}): Promise<TestWorker> {
  return startTestWorker({
    entry: "test/worker/turn-project/entry.ts",
    ...options,
    variables: {
      ANTHROPIC_API_KEY: "k",
      ANTHROPIC_BASE_URL: upstream.url,
      AZURE_AI_ENDPOINT: `${upstream.url}/openai/v1`,
      ...options.variables,
    },
  });
}

/** `count` different pieces of text, with a character that is easily split. */
export function pieces(count: number): string[] {
  return Array.from({ length: count }, (_, at) => `${at}🌊 `);
}
