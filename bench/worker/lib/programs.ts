import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import type { ChildProcess, SpawnOptions } from "node:child_process";
import { endNode, startNode } from "../../../scripts/lib/lifetime.ts";
import { at, root } from "../../../scripts/lib/root.ts";
import { findRandomPort } from "../../../scripts/lib/find-port.ts";
import { startWrangler as startWorker } from "../../../scripts/lib/wrangler.ts";

/** A server that the benchmark started. */
export interface Program {
  url: string;
  /** The id of the first process of its tree. */
  pid: number;
  stop(): Promise<void>;
}

/** Options for running a Worker. */
export interface WranglerOptions {
  /** Arguments of `wrangler dev`: an entry, `--config`, `--assets`. */
  arguments: readonly string[];
  variables: Readonly<Record<string, string>>;
}

/** The Workers' storage. It is emptied before the first one starts, because an interrupted run leaves files behind. */
const states = at(".wrangler/bench-worker");

/** Removes the files of an earlier run. */
export function clearStates(): void {
  rmSync(states, { recursive: true, force: true });
  mkdirSync(states, { recursive: true });
}

/** Runs a Worker with the repository's own `wrangler dev`, on new storage. */
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

/** Runs Portkey's gateway on Node like its own image, but without its log page. */
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

/** Starts a part of the benchmark itself. */
export function startPart(path: string): ChildProcess {
  return startNode([at(path)], { cwd: root, serialization: "advanced" });
}

/** A program's output is shown only if it does not start. Streams report their own failures. */
const silent: SpawnOptions = { cwd: root, stdio: ["ignore", "ignore", "pipe", "ipc"] };

/** Variables that keep wrangler from reading the operator's `.env` file and from writing log files. */
const env = { WRANGLER_WRITE_LOGS: "false", CLOUDFLARE_LOAD_DEV_VARS_FROM_DOT_ENV: "false" };

/** How long a program may take to start. A busy machine can need most of this time. */
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
