import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { addDefaults } from "./flags.ts";
import { endNode, isEnding, startNode } from "./lifetime.ts";
import { Mistake } from "./mistake.ts";
import { at, root } from "./root.ts";

/** How long to wait for a worker's first response, in milliseconds. Even a busy machine needs only a tenth of this. */
const startTimeoutMs = 180_000;

/** Turns off wrangler's prompts, metrics and downloads, so that a start needs no network. */
export const quietEnvironment = {
  NODE_COMPILE_CACHE: at(".wrangler/compiled"), // compiling wrangler itself takes a quarter of the start
  WRANGLER_SEND_METRICS: "false",
  WRANGLER_HIDE_BANNER: "true",
  WRANGLER_LOG_PATH: ".wrangler/logs",
  CLOUDFLARE_CF_FETCH_ENABLED: "false",
  // The collector of local observability records a span per statement, call and request. This takes a sixth of a turn's
  // CPU time, which no deployment spends.
  X_LOCAL_OBSERVABILITY: "false",
};

const defaultFlags = {
  "--ip": "127.0.0.1",
  "--port": "0",
  "--inspector-port": "0",
  "--show-interactive-dev-session": "false",
};

/** Options of {@link startWrangler}. */
export interface WranglerOptions {
  /** Additional variables for wrangler's own environment. */
  env?: Record<string, string>;
  /** The folder in which wrangler runs and looks for its configuration. Default: the repository. */
  cwd?: string;
  /** Prints nothing, unless the start fails. */
  isQuiet?: boolean;
  /** The path that is requested to find out whether the worker answers; any status counts. Default: `/`. */
  readyPath?: string;
}

/** A worker that `wrangler dev` runs. */
export interface RunningWrangler {
  /** The worker's URL, without a trailing slash. */
  readonly url: string;
  readonly process: ChildProcess;
}

/**
 * Starts `wrangler dev` and waits until its worker answers. Without `--port`, the system chooses a port at the moment
 * wrangler starts to listen, so that no other program can take it in between.
 * @param flags of `wrangler dev`
 * @throws Mistake if wrangler ends, or the worker does not answer in time. The message includes wrangler's output if
 *   `isQuiet` hid it
 */
export async function startWrangler(flags: readonly string[], options: WranglerOptions = {}): Promise<RunningWrangler> {
  const { env, cwd = root, isQuiet = false, readyPath = "/" } = options;
  const cli = at("node_modules/wrangler/wrangler-dist/cli.js");
  const output = isQuiet ? "pipe" : "inherit";
  const child = startNode([cli, "dev", ...addDefaults(flags, defaultFlags)], {
    cwd,
    stdio: ["ignore", output, output, "ipc"],
    env: { ...process.env, ...quietEnvironment, ...env },
  });
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => (printed += text));
  }
  const settled = new AbortController();
  const { signal } = settled;
  const failed = (reason: string) =>
    new Mistake(`The worker did not start: ${reason}${isQuiet ? `\n${printed}` : " See wrangler's message above."}`);
  try {
    const url = await Promise.race([
      listening(child, readyPath, signal),
      once(child, "exit", { signal }).then(() => {
        if (!isEnding()) throw failed("wrangler has ended.");
        return new Promise<never>(() => undefined); // this script is about to exit
      }),
      sleep(startTimeoutMs, undefined, { signal }).then(() => {
        throw failed("it does not answer.");
      }),
    ]);
    return { url, process: child };
  } catch (error) {
    await endNode(child);
    throw error;
  } finally {
    settled.abort();
  }
}

/** Waits until wrangler reports its URL, and for the first response of the worker, which must be bundled before. */
async function listening(child: ChildProcess, readyPath: string, signal: AbortSignal): Promise<string> {
  for (;;) {
    const { event, ip, port } = readMessage(await once(child, "message", { signal }));
    if (event !== "DEV_SERVER_READY") continue;
    const url = `http://${String(ip)}:${String(port)}`;
    const response = await fetch(url + readyPath, { signal });
    await response.body?.cancel();
    return url;
  }
}

function readMessage([message]: readonly unknown[]): { event?: unknown; ip?: unknown; port?: unknown } {
  const parsed: unknown = typeof message === "string" ? JSON.parse(message) : undefined;
  return typeof parsed === "object" && parsed !== null ? parsed : {};
}
