import assert from "node:assert/strict";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { rmSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { endNode, killNode, startNode } from "../../scripts/lib/lifetime.ts";
import { at } from "../../scripts/lib/root.ts";
import { bundleWorker } from "./bundle.ts";
import { canary } from "./canary.ts";
import { eventually } from "./eventually.ts";
import type { WorkerMessage, WorkerProgram } from "./worker-program.ts";

/** A worker in a real workerd, for tests. */
export interface TestWorker {
  /** Without a trailing slash. */
  readonly url: string;
  /** Everything that it has printed so far, including log lines. */
  output(): string;
  /**
   * Everything that it has printed until now. Log lines can arrive after their response, so this waits for the lines
   * that are still on their way.
   */
  wholeLog(): Promise<string>;
  /** Resolves when the output matches this pattern. */
  printed(pattern: RegExp): Promise<void>;
  /** Kills workerd itself, as a power failure would, and waits until it has ended. Needs the option `isAlone`. */
  kill(): Promise<void>;
  stop(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Options of {@link startTestWorker}. */
export interface TestWorkerOptions {
  /** Environment variables and secrets. A variable that is undefined is not set, even if it has a default in tests. */
  variables?: Record<string, string | undefined>;
  /** Hyperdrive bindings, and the connection string behind each. */
  hyperdrives?: Record<string, string>;
  /** The entry file, relative to the repository. Default: the tests' project. */
  entry?: string;
  /** The folder of static files, relative to the repository. Default: an almost empty one. */
  assets?: string;
  /** The folder for the objects' storage, which the caller removes. Default: a new one, removed at the end. */
  state?: string;
  /** Runs it in a program of its own, which can be killed and measured. */
  isAlone?: boolean;
}

/** The secret that signs tokens in tests. */
export const testSecret = `a-secret-that-only-the-tests-know-of-${canary}`;

/** Bundles a project's worker, starts it in workerd, and waits until it answers. */
export async function startTestWorker(options: TestWorkerOptions = {}): Promise<TestWorker> {
  const { entry = "test/worker/project/entry.ts", assets = "test/worker/project/assets", isAlone = false } = options;
  const bundle = await bundleWorker(entry);
  const state = options.state ?? (await makeFolder("state"));
  const given = { SESSION_SECRET: testSecret, ENVIRONMENT: "development", ...options.variables };
  const variables = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const { hyperdrives = {} } = options;
  const own = isAlone ? await startProgram() : undefined;
  const socket = connect(own?.port ?? (await sharedPort()), "127.0.0.1");
  const closed = once(socket, "close");
  socket.on("error", () => undefined); // the socket closes after an error: the worker has ended
  let printed = "";
  const url = new Promise<string | undefined>((resolve) => {
    createInterface(socket).on("line", (line) => {
      const message: WorkerMessage = JSON.parse(line);
      if ("url" in message) resolve(message.url);
      else if ("printed" in message) printed += message.printed;
      else {
        printed += message.failure;
        resolve(undefined);
      }
    });
    socket.on("close", () => resolve(undefined));
  });
  const program: WorkerProgram = { bundle, assets: at(assets), state, variables, hyperdrives };
  socket.write(`${JSON.stringify(program)}\n`);
  const stop = async () => {
    socket.end();
    await closed;
    if (own !== undefined) await endNode(own.child);
    if (options.state === undefined) await removeFolder(state);
  };
  const startedUrl = await url;
  if (startedUrl === undefined) {
    await stop();
    throw new Error(`The worker did not start:\n${printed}`);
  }
  const untilPrinted: TestWorker["printed"] = (pattern) =>
    eventually(() => {
      if (!pattern.test(printed)) throw new Error(`${String(pattern)} was not printed:\n${printed}`);
    });
  return {
    url: startedUrl,
    output: () => printed,
    wholeLog: async () => {
      const last = `/last-request-${crypto.randomUUID()}`;
      await (await fetch(startedUrl + last)).arrayBuffer();
      await untilPrinted(new RegExp(last)); // lines are printed in order
      return printed;
    },
    printed: untilPrinted,
    kill: () => {
      assert.ok(own, "only a worker that was started with `isAlone` can be killed");
      return killNode(own.child);
    },
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

/** A running `worker-program.ts`. */
interface RunningProgram {
  child: ChildProcess;
  port: number;
}

let shared: Promise<RunningProgram> | undefined;

/** The port of the program that runs the workers of all tests. A test file that runs alone starts its own. */
async function sharedPort(): Promise<number> {
  const { RIVULET_TEST_WORKERS } = process.env;
  if (RIVULET_TEST_WORKERS !== undefined) return Number(RIVULET_TEST_WORKERS);
  shared ??= startProgram();
  const { child, port } = await shared;
  child.unref(); // it ends with this process
  child.channel?.unref();
  return port;
}

async function startProgram(): Promise<RunningProgram> {
  const child = startNode([at("test/support/worker-program.ts")], {
    env: { ...process.env, NODE_COMPILE_CACHE: at(".wrangler/compiled") },
  });
  const message: unknown = (await once(child, "message"))[0];
  return { child, port: Number(Reflect.get(Object(message), "port")) };
}

/** Creates a new folder for one test's files. */
export function makeFolder(name: string): Promise<string> {
  return mkdtemp(join(tmpdir(), `rivulet-${name}-`));
}

/** Removes a folder with everything in it. */
export async function removeFolder(folder: string): Promise<void> {
  rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }); // `rm` costs four times as much
}
