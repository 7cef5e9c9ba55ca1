import type { Target } from "../load/target.ts";
import { pathOf, type Level } from "../layers/levels.ts";
import { startPortkey, startWrangler, type Program, type WranglerOptions } from "./programs.ts";

/** One that is measured. */
export interface Contestant {
  /** As `--only` names it. */
  id: string;
  /** As the table names it. */
  name: string;
  /** @param upstream the provider's base URL */
  start(upstream: string): Promise<Program>;
  /** Whom the load asks where this program runs. */
  target(url: string, upstream: string): Target;
}

/** A contestant that runs. */
export interface Running {
  contestant: Contestant;
  program: Program;
  target: Target;
}

/** The one that the others are compared with. */
export const passThrough: Contestant = {
  id: "pass-through",
  name: "pass-through Worker",
  start: (upstream) => startWrangler(layersWorker(upstream)),
  target: (url) => levelTarget(url, "pass-through"),
};

/** The repository's own Worker. */
export const rivulet: Contestant = {
  id: "rivulet",
  name: "this worker",
  start: (upstream) => startWrangler(rivuletWorker(upstream)),
  target: (url) => ({ url, wire: "rivulet", hasVisitors: true }),
};

/** All of them, in the order of the table. */
export const contestants: readonly Contestant[] = [
  passThrough,
  {
    id: "object",
    name: "pass-through in a new object",
    start: (upstream) => startWrangler(layersWorker(upstream)),
    target: (url) => levelTarget(url, "new object"),
  },
  {
    id: "portkey",
    name: "Portkey 1.15.2 on Node",
    start: startPortkey,
    // Anthropic's wire in and out, so that there is nothing to translate.
    target: (url, upstream) => ({
      url,
      wire: "anthropic",
      hasVisitors: false,
      headers: { "x-portkey-provider": "anthropic", "x-portkey-custom-host": `${upstream}/v1` },
    }),
  },
  rivulet,
];

/** Starts a contestant. */
export async function start(contestant: Contestant, upstream: string): Promise<Running> {
  const program = await contestant.start(upstream);
  return { contestant, program, target: contestant.target(program.url, upstream) };
}

/** The Worker that has all the layers, and how wrangler runs it. */
export function layersWorker(upstream: string): WranglerOptions {
  return { arguments: ["--config", "bench/worker/layers/wrangler.toml"], variables: { UPSTREAM_URL: upstream } };
}

/** How a level of that Worker is asked. Those that write events write this project's. */
export function levelTarget(url: string, level: Level, wire: Target["wire"] = "anthropic"): Target {
  return { url: url + pathOf(level), wire, hasVisitors: false };
}

/**
 * With the repository's compatibility date and flags, and without development variables. No static files are in front of
 * it, as none are in front of the pass-through: what they cost is a layer of its own.
 */
function rivuletWorker(upstream: string): WranglerOptions {
  return {
    arguments: ["--config", "bench/worker/project/wrangler.toml"],
    variables: {
      SESSION_SECRET: "a-secret-that-only-the-bench-knows-of",
      ANTHROPIC_API_KEY: "bench",
      ANTHROPIC_BASE_URL: upstream,
    },
  };
}
