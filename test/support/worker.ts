import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { endNode, startNode } from "../../scripts/lib/lifetime.ts";
import { at, root } from "../../scripts/lib/root.ts";
import { canary } from "./canary.ts";

/** A worker in a real workerd, for tests. */
export interface TestWorker {
  /** Without a slash at its end. */
  readonly url: string;
  /** Everything that it printed so far, log lines included. */
  output(): string;
  /** Resolves when it has printed this. @throws after five seconds */
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
  /** Keeps the objects' storage in this folder, which is then the caller's. Default: a new one, removed at the end. */
  state?: string;
  /** Default: any free one. */
  port?: number;
}

/** Signs tokens in tests. */
export const testSecret = `a-secret-that-only-the-tests-know-of-${canary}`;

/** Starts `wrangler dev` on a project and waits until it answers. */
export async function startTestWorker(options: TestWorkerOptions = {}): Promise<TestWorker> {
  const { entry = "test/worker/project/entry.ts", assets = "test/worker/project/assets" } = options;
  const port = options.port ?? (await freePort());
  const state = options.state ?? (await mkdtemp(join(tmpdir(), "rivulet-state-")));
  const variables = { SESSION_SECRET: testSecret, ENVIRONMENT: "development", ...options.variables };
  const flags = Object.entries(variables).flatMap(([name, value]) => ["--var", `${name}:${value}`]);
  const child = startNode(
    [
      ...[at("node_modules/wrangler/wrangler-dist/cli.js"), "dev", entry, "--assets", assets],
      ...["--port", String(port), "--ip", "127.0.0.1", "--inspector-port", "0", "--persist-to", state],
      ...["--show-interactive-dev-session", "false", ...flags],
    ],
    { cwd: root, stdio: ["ignore", "pipe", "pipe", "ipc"], env: { ...process.env, ...quiet } },
  );
  let printed = "";
  child.stdout?.on("data", (bytes: Buffer) => (printed += bytes.toString()));
  child.stderr?.on("data", (bytes: Buffer) => (printed += bytes.toString()));
  const url = `http://127.0.0.1:${port}`;
  const ended = once(child, "exit").then(() => Promise.reject(new Error(`the worker did not start:\n${printed}`)));
  await Promise.race([untilHealthy(url), ended]);
  ended.catch(() => undefined);
  const end = async () => {
    await endNode(child);
    if (options.state === undefined) await rm(state, { recursive: true, force: true });
  };
  const kill = async () => {
    if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
    if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  };
  const hasPrinted = async (pattern: RegExp) => {
    for (let tries = 0; !pattern.test(printed); tries++) {
      if (tries === 100) throw new Error(`${String(pattern)} was not printed:\n${printed}`);
      await sleep(50);
    }
  };
  return { url, output: () => printed, printed: hasPrinted, kill, stop: end, [Symbol.asyncDispose]: end };
}

const quiet = {
  WRANGLER_SEND_METRICS: "false",
  WRANGLER_HIDE_BANNER: "true",
  WRANGLER_LOG_PATH: ".wrangler/logs",
  CLOUDFLARE_CF_FETCH_ENABLED: "false",
  CLOUDFLARE_LOAD_DEV_VARS_FROM_DOT_ENV: "false",
};

async function untilHealthy(url: string): Promise<void> {
  for (;;) {
    const response = await fetch(`${url}/v1/health`).catch(() => undefined);
    await response?.body?.cancel();
    if (response) return;
    await sleep(50);
  }
}

/**
 * A port that nobody listens on right now. Below those that the system hands out itself: one of these could be taken by
 * any connection before the worker listens.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = 10_000 + Math.floor(Math.random() * 20_000);
    const server = createServer().listen(port, "127.0.0.1");
    const isFree = await Promise.race([
      once(server, "listening").then(() => true),
      once(server, "error").then(() => false),
    ]).catch(() => false);
    server.close();
    if (isFree) return port;
  }
}
