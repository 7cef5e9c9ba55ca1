import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { endNode, killNode } from "../../scripts/lib/lifetime.ts";
import { startWrangler } from "../../scripts/lib/wrangler.ts";
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
  /** The entry file, relative to the repository. Default: the tests' project. */
  entry?: string;
  /** The folder of static files, relative to the repository. Default: an almost empty one. */
  assets?: string;
  /** The folder for the objects' storage, which the caller removes. Default: a new one, removed at the end. */
  state?: string;
}

/** The secret that signs tokens in tests. */
export const testSecret = `a-secret-that-only-the-tests-know-of-${canary}`;

/** Starts `wrangler dev` on a project and waits until it answers. */
export async function startTestWorker(options: TestWorkerOptions = {}): Promise<TestWorker> {
  const { entry = "test/worker/project/entry.ts", assets = "test/worker/project/assets" } = options;
  const state = options.state ?? (await makeFolder("state"));
  const variables = { SESSION_SECRET: testSecret, ENVIRONMENT: "development", ...options.variables };
  const flags = Object.entries(variables).flatMap(([name, value]) =>
    value === undefined ? [] : ["--var", `${name}:${value}`],
  );
  const noVariables = join(state, "no-variables"); // instead of the developer's own `.dev.vars` and `.env`
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

/** Isolates a worker from the developer's own settings and from tests that run at the same time. */
function aloneIn(state: string): Record<string, string> {
  return {
    CLOUDFLARE_LOAD_DEV_VARS_FROM_DOT_ENV: "false",
    WRANGLER_LOG_PATH: join(state, "logs"),
    WRANGLER_REGISTRY_PATH: join(state, "registry"),
  };
}

/** Creates a new folder for one test's files. */
export function makeFolder(name: string): Promise<string> {
  return mkdtemp(join(tmpdir(), `rivulet-${name}-`));
}

/** Removes such a folder with everything in it. */
export function removeFolder(folder: string): Promise<void> {
  return rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
}
