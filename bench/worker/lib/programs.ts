import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import type { ChildProcess, SpawnOptions } from "node:child_process";
import { endNode, startNode } from "../../../scripts/lib/lifetime.ts";
import { at, root } from "../../../scripts/lib/root.ts";
import { findRandomPort } from "../../../scripts/lib/find-port.ts";
import { startWrangler as startWorker } from "../../../scripts/lib/wrangler.ts";

/** A server that this bench started. */
export interface Program {
  url: string;
  /** Of the first process of its tree. */
  pid: number;
  stop(): Promise<void>;
}

/** How a Worker is run. */
export interface WranglerOptions {
  /** Arguments of `wrangler dev`: an entry, `--config`, `--assets`. */
  arguments: readonly string[];
  variables: Readonly<Record<string, string>>;
}

/** Where the Workers keep their storage: emptied before the first one starts, since an interrupted bench leaves it. */
const states = at(".wrangler/bench-worker");

/** Removes what an earlier bench left behind. */
export function clearStates(): void {
  rmSync(states, { recursive: true, force: true });
  mkdirSync(states, { recursive: true });
}

/** Runs a Worker under the repository's own `wrangler dev`, on new storage. */
export async function startWrangler(options: WranglerOptions): Promise<Program> {
  const state = mkdtempSync(`${states}/state-`);
  const variables = Object.entries(options.variables).flatMap(([name, value]) => ["--var", `${name}:${value}`]);
  const flags = [...options.arguments, "--log-level", "warn", "--persist-to", state, ...variables];
  const { url, process: child } = await startWorker(flags, { isQuiet: true, readyPath: "/v1/health", env });
  if (child.pid === undefined) throw new Error("wrangler has no process id");
  const stop = async () => {
    await endNode(child);
    rmSync(state, { recursive: true, force: true });
  };
  return { url, pid: child.pid, stop };
}

/** Runs Portkey's gateway on Node as its own image does, without its page of logs. */
export async function startPortkey(): Promise<Program> {
  const port = await findRandomPort();
  const loopback = new URL("../portkey/loopback.mjs", import.meta.url).href;
  const main = at("bench/node_modules/@portkey-ai/gateway/build/start-server.js");
  const child = startNode(["--import", loopback, main, "--headless", `--port=${port}`], {
    ...silent,
    env: { ...process.env, NODE_ENV: "production" },
  });
  return toProgram(child, port);
}

/** Starts a part of the bench itself. */
export function startPart(path: string): ChildProcess {
  return startNode([at(path)], { cwd: root, serialization: "advanced" });
}

/** What a program says is shown only if it does not start: a stream that fails says so itself. */
const silent: SpawnOptions = { cwd: root, stdio: ["ignore", "ignore", "pipe", "ipc"] };

/** Without the operator's own variables, and without a file that wrangler would write each log line of a Worker into. */
const env = { WRANGLER_WRITE_LOGS: "false", CLOUDFLARE_LOAD_DEV_VARS_FROM_DOT_ENV: "false" };

/** A busy machine may need most of it; after that something is wrong. */
const startTimeoutMs = 60_000;

async function toProgram(child: ChildProcess, port: number): Promise<Program> {
  const url = `http://127.0.0.1:${port}`;
  let said = "";
  child.stderr?.on("data", (bytes: Buffer) => (said = `${said}${bytes.toString()}`.slice(-4000)));
  for (const startedAt = Date.now(); !(await answers(url)); await sleep(50)) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(`a program ended at once:\n${said}`);
    if (Date.now() - startedAt > startTimeoutMs) throw new Error(`nothing answers at ${url}:\n${said}`);
  }
  if (child.pid === undefined) throw new Error("a program has no process id");
  return { url, pid: child.pid, stop: () => endNode(child) };
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/v1/health`);
    await response.body?.cancel();
    return true; // any status will do
  } catch {
    return false; // it does not listen yet
  }
}
