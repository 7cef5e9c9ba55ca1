import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { endNode, killNode, startNode } from "../../scripts/lib/lifetime.ts";
import { at } from "../../scripts/lib/root.ts";
import { bundleWorker } from "./bundle.ts";
import { canary } from "./canary.ts";
import { eventually } from "./eventually.ts";

/** A worker in a real workerd, for tests. */
export interface TestWorker {
  /** Without a trailing slash. */
  readonly url: string;
  /** Everything that it has printed so far, including log lines. */
  output(): string;
  /** Resolves when the output matches this pattern. */
  printed(pattern: RegExp): Promise<void>;
  /** Kills workerd itself, as a power failure would, and waits until it has ended. */
  kill(): Promise<void>;
  stop(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Options of {@link startTestWorker}. */
export interface TestWorkerOptions {
  /** Environment variables and secrets. One that is undefined is not set, even if tests usually need it. */
  variables?: Record<string, string | undefined>;
  /** Hyperdrive bindings, and the connection string behind each. */
  hyperdrives?: Record<string, string>;
  /** The entry file, relative to the repository. Default: the tests' project. */
  entry?: string;
  /** The folder of static files, relative to the repository. Default: an almost empty one. */
  assets?: string;
  /** The folder for the objects' storage, which the caller removes. Default: a new one, removed at the end. */
  state?: string;
}

/** The secret that signs tokens in tests. */
export const testSecret = `a-secret-that-only-the-tests-know-of-${canary}`;

/** What Miniflare prints when workerd has crashed. It then starts workerd again, at the same URL. */
const crashed = "The Workers runtime crashed unexpectedly";

/** Bundles a project's worker, starts it in workerd, and waits until it answers. */
export async function startTestWorker(options: TestWorkerOptions = {}): Promise<TestWorker> {
  const { entry = "test/worker/project/entry.ts", assets = "test/worker/project/assets" } = options;
  const bundle = await bundleWorker(entry);
  const state = options.state ?? (await makeFolder("state"));
  const given = { SESSION_SECRET: testSecret, ENVIRONMENT: "development", ...options.variables };
  const variables = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const { hyperdrives = {} } = options;
  const program = JSON.stringify({ bundle, assets: at(assets), state, variables, hyperdrives });
  // Otherwise Node reads all of Miniflare twice, to find out which kind of module it is.
  const child = startNode(["--no-experimental-detect-module", at("test/support/worker-program.ts"), program], {
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    env: { ...process.env, NODE_COMPILE_CACHE: at(".wrangler/compiled") },
  });
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => (printed += text));
  }
  const stop = async () => {
    await endNode(child);
    if (printed.includes(crashed)) console.error(printed); // what failed because of it says only that it was cut off
    if (options.state === undefined) await removeFolder(state);
  };
  const url = await urlOf(child);
  if (url === undefined) {
    await stop();
    throw new Error(`The worker did not start:\n${printed}`);
  }
  return {
    url,
    output: () => printed,
    printed: (pattern) =>
      eventually(() => {
        if (!pattern.test(printed)) throw new Error(`${String(pattern)} was not printed:\n${printed}`);
      }),
    kill: () => killNode(child),
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

/** The URL that the program sends when its worker answers; undefined if the program ends before. */
async function urlOf(child: ChildProcess): Promise<string | undefined> {
  const messages = once(child, "message");
  const [message] = await Promise.race([messages, once(child, "exit")]);
  const url: unknown = Reflect.get(Object(message), "url");
  return typeof url === "string" ? url : undefined;
}

/** Creates a new folder for one test's files. */
export function makeFolder(name: string): Promise<string> {
  return mkdtemp(join(tmpdir(), `rivulet-${name}-`));
}

/** Removes such a folder with everything in it. */
export function removeFolder(folder: string): Promise<void> {
  return rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
}
