import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import type { ChildProcess } from "node:child_process";
import { readDevVars } from "./dev-vars.ts";
import { developmentSecret } from "./development-secret.ts";
import { findPort } from "./find-port.ts";
import { flagValue, readVariables } from "./flags.ts";
import { isEnding, startNode } from "./lifetime.ts";
import { at, root } from "./root.ts";

const defaultPort = 8787;

/** Keeps wrangler from asking, reporting and fetching: a first start needs no network. */
const quietEnvironment = {
  WRANGLER_SEND_METRICS: "false",
  WRANGLER_HIDE_BANNER: "true",
  WRANGLER_LOG_PATH: ".wrangler/logs",
  CLOUDFLARE_CF_FETCH_ENABLED: "false",
};

/** A worker that runs in this machine's workerd. */
export interface RunningWorker {
  /** Where it answers, e.g. `http://127.0.0.1:8787`. */
  url: string;
  /** The default port was taken, so another one was chosen. */
  portWasTaken: boolean;
  process: ChildProcess;
}

/**
 * Starts the worker with `wrangler dev` and waits until it answers. What it lacks for development is filled in: a port,
 * the demo's files as assets, a session secret.
 * @param flags the developer's own flags for `wrangler dev`: they win
 * @param variables further variables, which `.dev.vars` does not hold
 */
export async function startWorker(
  flags: readonly string[],
  variables: Record<string, string> = {},
): Promise<RunningWorker> {
  const port = Number(flagValue(flags, "--port") ?? (await findPort(defaultPort)));
  const defaults = Object.entries(defaultFlags(flags, port))
    .filter(([name]) => flagValue(flags, name) === undefined)
    .flatMap(([name, value]) => [name, value]);
  const given = { ...readDevVars(), ...readVariables(flags) };
  const added = Object.entries({ ...developmentVariables(flags, given), ...variables })
    .filter(([name]) => !Object.hasOwn(given, name))
    .flatMap(([name, value]) => ["--var", `${name}:${value}`]);
  const cli = at("node_modules/wrangler/wrangler-dist/cli.js");
  const process = startNode([cli, "dev", ...added, ...defaults, ...flags], {
    cwd: root,
    env: { ...globalThis.process.env, ...quietEnvironment },
  });
  const url = `http://${defaultFlags(flags, port)["--ip"]}:${port}`;
  await untilItAnswers(url, process);
  return { url, portWasTaken: port !== defaultPort && flagValue(flags, "--port") === undefined, process };
}

function defaultFlags(flags: readonly string[], port: number) {
  return {
    "--port": String(port),
    "--ip": flagValue(flags, "--ip") ?? "127.0.0.1",
    "--inspector-port": "0",
    "--assets": "dist/demo",
    "--show-interactive-dev-session": "false",
  };
}

/** What a deployment must set and nobody wants to set for development. */
function developmentVariables(flags: readonly string[], given: Readonly<Record<string, string>>) {
  return {
    ENVIRONMENT: "development",
    SESSION_SECRET: developmentSecret(flagValue(flags, "--persist-to") ?? at(".wrangler/state")),
    // Whoever points a connection at a server of his own, without a key, means one that asks for none.
    ...("ANTHROPIC_BASE_URL" in given ? { ANTHROPIC_API_KEY: "development" } : {}),
    ...("AZURE_AI_ENDPOINT" in given && !("AZURE_CLIENT_SECRET" in given) ? { AZURE_AI_API_KEY: "development" } : {}),
  };
}

async function untilItAnswers(url: string, worker: ChildProcess): Promise<void> {
  const ended = once(worker, "exit").then(() => {
    if (!isEnding()) throw new Error("the worker did not start: see above");
  });
  const answered = async () => {
    while (!(await answers(url))) await sleep(100);
  };
  await Promise.race([answered(), ended]);
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/v1/health`);
    await response.body?.cancel();
    return true; // any answer is one: what is wrong, it says itself
  } catch {
    return false; // it does not listen yet
  }
}
