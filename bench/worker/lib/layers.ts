import type { Who } from "../load/target.ts";
import { includes, levels, type Level } from "../layers/levels.ts";
import { warmUp } from "./bench.ts";
import { layersWorker, levelTarget, rivulet, start, type Contestant, type Running } from "./contestants.ts";
import { measurePoint, measureTurns } from "./measure.ts";
import type { Options } from "./options.ts";
import { startWrangler } from "./programs.ts";
import type { LayerLine, LayerResults } from "./results.ts";
import type { Rig } from "./rig.ts";
import { medians } from "./statistics.ts";

/** The last layer: everything that the earlier layers leave out. */
const wholeName =
  "+ routes, session, prompt, history, the provider's SDK, replay, the real ledger: this worker, new visitors";

/** Measures the cost of each layer between the pass-through and this worker, each in turn, several times. */
export async function runLayers(rig: Rig, options: Options): Promise<Omit<LayerResults, "conditions">> {
  const [point] = options.points;
  if (!point) throw new Error("--layers needs a point: add --points.");
  const runs = new Map<string, LayerLine["figures"][]>();
  for (let run = 0; run < options.runs; run += 1) {
    console.log(`\nrun ${run + 1} of ${options.runs}: starting the layers …`);
    const programs = await Promise.all([plain, behindFiles, rivulet].map((one) => start(one, rig.upstreamUrl)));
    const [alone, inFront, whole] = programs;
    if (!alone || !inFront || !whole) throw new Error("A Worker of the layers is missing.");
    try {
      const [first, ...others] = levels;
      const all: Layer[] = [
        { name: first, running: alone, who: "new" },
        ...others.map((level): Layer => ({ name: `+ ${level}`, running: atLevel(alone, level), who: "new" })),
        { name: wholeName, running: whole, who: "new" },
        { name: "the same, returning visitors", running: whole, who: "returning" },
        { name: "the pass-through with static files in front", running: inFront, who: "new" },
      ];
      await warmUp(
        rig,
        all.map(({ running }) => running),
      );
      for (const { name, running, who } of all) {
        const figures = {
          ...(await measurePoint(rig, running, point, who)),
          ...(await measureTurns(rig, running, options.turns, who)),
        };
        runs.set(name, [...(runs.get(name) ?? []), figures]);
        const { processorMsPerThousand, processorMsPerTurn } = figures;
        console.log(
          `${name}: ${processorMsPerThousand.toFixed(0)} ms per 1,000 pieces, ${processorMsPerTurn.toFixed(1)} per turn`,
        );
      }
    } finally {
      await Promise.all(programs.map(({ program }) => program.stop()));
    }
  }
  return { point, layers: Array.from(runs, ([name, figures]) => ({ name, figures: medians(figures) })) };
}

/** A line of the table. */
interface Layer {
  name: string;
  running: Running;
  who: Who;
}

const plain: Contestant = {
  id: "layers",
  name: "layers",
  start: (upstream) => startWrangler(layersWorker(upstream)),
  target: (url) => levelTarget(url, "pass-through"),
};

/** A Worker that also serves static files, like the deployed one, has a router in front of it. */
const behindFiles: Contestant = {
  ...plain,
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
