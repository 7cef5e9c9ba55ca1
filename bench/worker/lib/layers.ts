import { includes, levels, type Level } from "../layers/levels.ts";
import { warmUp } from "./bench.ts";
import { layersWorker, levelTarget, rivulet, start, type Contestant, type Running } from "./contestants.ts";
import { measurePoint, measureTurns } from "./measure.ts";
import type { Options } from "./options.ts";
import { startWrangler } from "./programs.ts";
import type { LayerLine, LayerResults } from "./results.ts";
import type { Rig } from "./rig.ts";
import { medians } from "./statistics.ts";

/** Measures what each layer between the pass-through and this worker costs: each in turn, several times. */
export async function runLayers(rig: Rig, options: Options): Promise<Omit<LayerResults, "conditions">> {
  const [point] = options.points;
  if (!point) throw new Error("The layers need a point.");
  const runs = new Map<string, LayerLine["figures"][]>();
  for (let run = 0; run < options.runs; run += 1) {
    console.log(`\nrun ${run + 1} of ${options.runs}: starting the layers …`);
    const [plain, behindFiles, whole] = await Promise.all([
      start(layers, rig.upstreamUrl),
      start(layersBehindFiles, rig.upstreamUrl),
      start(rivulet, rig.upstreamUrl),
    ]);
    try {
      const all: [string, Running][] = [
        ...levels.map((level): [string, Running] => [level, atLevel(plain, level)]),
        ["pass-through behind static files", behindFiles],
        ["this worker, new visitors", whole],
      ];
      await warmUp(
        rig,
        all.map(([, running]) => running),
      );
      for (const [name, running] of all) {
        const figures = {
          ...(await measurePoint(rig, running, point, "new")),
          ...(await measureTurns(rig, running, options.turns, "new")),
        };
        runs.set(name, [...(runs.get(name) ?? []), figures]);
        const { processorMsPerThousand, processorMsPerTurn } = figures;
        console.log(
          `${name}: ${processorMsPerThousand.toFixed(0)} ms per 1,000 pieces, ${processorMsPerTurn.toFixed(1)} per turn`,
        );
      }
    } finally {
      await Promise.all([plain, behindFiles, whole].map(({ program }) => program.stop()));
    }
  }
  return { point, layers: Array.from(runs, ([name, figures]) => ({ name, figures: medians(figures) })) };
}

const layers: Contestant = {
  id: "layers",
  name: "layers",
  start: (upstream) => startWrangler(layersWorker(upstream)),
  target: (url) => levelTarget(url, "pass-through"),
};

/** Static files put a router of `wrangler dev` in front of the Worker, which this worker has too. */
const layersBehindFiles: Contestant = {
  ...layers,
  start: (upstream) => {
    const { arguments: given, variables } = layersWorker(upstream);
    return startWrangler({ arguments: [...given, "--assets", "test/worker/project/assets"], variables });
  },
};

function atLevel(running: Running, level: Level): Running {
  const wire = includes(level, "parse and write events") ? "rivulet" : "anthropic";
  const contestant = { ...running.contestant, name: level };
  return { ...running, contestant, target: levelTarget(running.program.url, level, wire) };
}
