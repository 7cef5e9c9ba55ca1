import type { Target } from "../load/target.ts";
import { pathOf, type Level } from "../layers/levels.ts";
import { startPortkey, startWrangler, type Program, type WranglerOptions } from "./programs.ts";

/** A server that is measured. */
export interface Contestant {
  /** Its name in `--only`. */
  id: string;
  /** Its name in the table. */
  name: string;
  /** @param upstream the provider's base URL */
  start(upstream: string): Promise<Program>;
  /** The target for the load when this program runs. */
  target(url: string, upstream: string): Target;
}

/** A running contestant. */
export interface Running {
  contestant: Contestant;
  program: Program;
  target: Target;
}

/** The contestant that the others are compared with. */
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

/** All contestants, in the order of the table. */
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
    // Anthropic's format in and out, so that there is nothing to translate.
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

/** The Worker with all layers, and wrangler's options for it. */
export function layersWorker(upstream: string): WranglerOptions {
  return { arguments: ["--config", "bench/worker/layers/wrangler.toml"], variables: { UPSTREAM_URL: upstream } };
}

/** The target for a level of that Worker. The levels that write events use this project's protocol. */
export function levelTarget(url: string, level: Level, wire: Target["wire"] = "anthropic"): Target {
  return { url: url + pathOf(level), wire, hasVisitors: false };
}

/**
 * Uses the repository's compatibility date and flags, and no development variables. It serves no static files, like the
 * pass-through. Their cost is measured as a separate layer.
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
