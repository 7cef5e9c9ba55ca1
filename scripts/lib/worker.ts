import type { ChildProcess } from "node:child_process";
import { readSettings, SettingsError } from "../../worker/settings.ts";
import { devVarsFile, readDevVars } from "./dev-vars.ts";
import { developmentSecret } from "./development-secret.ts";
import { findPort } from "./find-port.ts";
import { addDefaults, flagValue, readVariables } from "./flags.ts";
import { Mistake } from "./mistake.ts";
import { stateFolder } from "./state-folder.ts";
import { startWrangler } from "./wrangler.ts";

const defaultPort = 8787;

/** A worker that runs in this machine's workerd. */
export interface RunningWorker {
  /** Where it answers, e.g. `http://127.0.0.1:8787`. */
  url: string;
  /** Whether another port was chosen because the default port was taken. */
  portWasTaken: boolean;
  process: ChildProcess;
}

/**
 * Starts the worker with `wrangler dev` and waits until it answers. What it lacks for development is filled in: a port,
 * the demo's files as assets, a session secret.
 * @param flags the developer's own flags for `wrangler dev`, which take precedence
 * @param variables values for variables that are not set
 * @throws Mistake that names the worker's wrong variables
 */
export async function startWorker(
  flags: readonly string[],
  variables: Record<string, string> = {},
): Promise<RunningWorker> {
  const port = flagValue(flags, "--port") ?? String(await findPort(defaultPort));
  const missing = checkVariables(flags, variables);
  const added = missing.flatMap(([name, value]) => ["--var", `${name}:${value}`]);
  const all = [...added, ...addDefaults(flags, { "--port": port, "--assets": "dist/demo" })];
  const { url, process } = await startWrangler(all, { readyPath: "/v1/health" });
  return { url, process, portWasTaken: flagValue(flags, "--port") === undefined && port !== String(defaultPort) };
}

/**
 * Finds the variables that the worker lacks for development. Then checks all variables, including the ones that it
 * found. Call it before anything that takes long, so that a mistake is reported at once.
 * @param flags as in {@link startWorker}
 * @param variables as in {@link startWorker}
 * @returns names and values of the variables that are not set
 * @throws Mistake that names the worker's wrong variables
 */
export function checkVariables(flags: readonly string[], variables: Record<string, string> = {}): [string, string][] {
  const given = { ...readDevVars(), ...readVariables(flags) };
  const missing = Object.entries({ ...developmentVariables(flags, given), ...variables }).filter(
    ([name]) => !given[name], // an empty one counts as not set
  );
  checkSettings({ ...given, ...Object.fromEntries(missing) });
  return missing;
}

/**
 * Checks the worker's variables. The worker checks them too, but only once it has started: then it refuses every
 * request.
 */
function checkSettings(values: Readonly<Record<string, string>>): void {
  try {
    readSettings(values);
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    const problems = error.message.replaceAll(/: `npx wrangler secret put \w+`/g, ""); // this command is for a deployment
    throw new Mistake(
      problems
        .split("; ")
        .map((problem) => `${devVarsFile()}: ${problem}.`)
        .join("\n"),
    );
  }
}

/** Development values of the variables that a deployment must set. */
function developmentVariables(flags: readonly string[], given: Readonly<Record<string, string>>) {
  return {
    ENVIRONMENT: "development",
    SESSION_SECRET: developmentSecret(stateFolder(flagValue(flags, "--persist-to"))),
    // If a provider's URL is set but its key is not, the server is assumed to need no key.
    ...("ANTHROPIC_BASE_URL" in given ? { ANTHROPIC_API_KEY: "development" } : {}),
    ...("AZURE_AI_ENDPOINT" in given && !("AZURE_CLIENT_SECRET" in given) ? { AZURE_AI_API_KEY: "development" } : {}),
  };
}
