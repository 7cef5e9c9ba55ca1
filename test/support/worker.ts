import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { endNode, killNode } from "../../scripts/lib/lifetime.ts";
import { startWrangler } from "../../scripts/lib/wrangler.ts";
import { canary } from "./canary.ts";
import { eventually } from "./eventually.ts";

/** A worker in a real workerd, for tests. */
export interface TestWorker {
  /** Without a slash at its end. */
  readonly url: string;
  /** Everything that it printed so far, log lines included. */
  output(): string;
  /** Resolves when it has printed this. */
  printed(pattern: RegExp): Promise<void>;
  /** Kills workerd itself, as a machine that loses power would, and waits until it is gone. */
  kill(): Promise<void>;
  stop(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** How a test's worker is set up. */
export interface TestWorkerOptions {
  /** Variables and secrets of the environment. */
  variables?: Record<string, string>;
  /** The entry, relative to the repository. Default: the project of the tests. */
  entry?: string;
  /** The folder of static files, relative to the repository. Default: one with next to nothing in it. */
  assets?: string;
  /** Keeps the objects' storage in this folder, which the caller removes. Default: a new one, removed at the end. */
  state?: string;
}

/** Signs tokens in tests. */
export const testSecret = `a-secret-that-only-the-tests-know-of-${canary}`;

/** Starts `wrangler dev` on a project and waits until it answers. */
export async function startTestWorker(options: TestWorkerOptions = {}): Promise<TestWorker> {
  const { entry = "test/worker/project/entry.ts", assets = "test/worker/project/assets" } = options;
  const state = options.state ?? (await makeFolder("state"));
  const variables = { SESSION_SECRET: testSecret, ENVIRONMENT: "development", ...options.variables };
  const flags = Object.entries(variables).flatMap(([name, value]) => ["--var", `${name}:${value}`]);
  const noVariables = join(state, "no-variables"); // in place of the developer's own `.dev.vars` and `.env`
  await writeFile(noVariables, "");
  const { url, process, output } = await startWrangler(
    [entry, "--assets", assets, "--persist-to", state, "--env-file", noVariables, ...flags],
    { env: aloneIn(state), isQuiet: true, readyPath: "/v1/health" },
  );
  const end = async () => {
    await endNode(process);
    if (options.state === undefined) await removeFolder(state);
  };
  const printed = async (pattern: RegExp): Promise<void> => {
    await eventually(() => {
      if (!pattern.test(output())) throw new Error(`${String(pattern)} was not printed:\n${output()}`);
    });
  };
  const kill = () => killNode(process);
  return { url, output, printed, kill, stop: end, [Symbol.asyncDispose]: end };
}

/** Nothing that the developer has on this machine, or that other tests do at the same time, reaches a worker. */
function aloneIn(state: string): Record<string, string> {
  return {
    CLOUDFLARE_LOAD_DEV_VARS_FROM_DOT_ENV: "false",
    WRANGLER_LOG_PATH: join(state, "logs"),
    WRANGLER_REGISTRY_PATH: join(state, "registry"),
  };
}

/** A new folder for what one test keeps. */
export function makeFolder(name: string): Promise<string> {
  return mkdtemp(join(tmpdir(), `rivulet-${name}-`));
}

/** Removes such a folder, however many files are in it. */
export function removeFolder(folder: string): Promise<void> {
  return rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
}
