import { parseArgs } from "node:util";
import type { Point } from "./measure.ts";

/** How the bench runs. */
export interface Options {
  /** Ids of the contestants that take part. */
  only: readonly string[];
  points: readonly Point[];
  runs: number;
  /** Turns of one piece, one after another, per contestant and run. */
  turns: number;
  /** Questions of one visitor at a time. */
  singles: number;
  /** How many times 30 visitors ask at once. */
  crowds: number;
  /** Whether the figures go to bench/results/ and docs/scaling.md. Those of a quick run do not, unless asked for. */
  isKept: boolean;
  /** Measures the layers between the pass-through and this worker in place of the contestants. */
  layers: boolean;
}

/** Reads the command line. @param ids of all contestants */
export function readOptions(args: readonly string[], ids: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: "string", default: ids.join(",") },
      points: { type: "string" },
      runs: { type: "string" },
      quick: { type: "boolean", default: false },
      keep: { type: "boolean", default: false },
      layers: { type: "boolean", default: false },
    },
  });
  const { quick: isQuick, layers } = values;
  const points = values.points ?? (layers ? "60x50" : isQuick ? "30x50,60x50" : "30x50,60x50,100x50,100x150");
  return {
    only: values.only.split(","),
    points: points.split(",").map((text) => readPoint(text)),
    runs: Number(values.runs ?? (isQuick ? 1 : 3)),
    turns: isQuick ? 40 : 100,
    singles: isQuick ? 10 : 40,
    crowds: isQuick ? 2 : 5,
    isKept: values.keep || !isQuick,
    layers,
  };
}

/**
 * Reads `streams x pieces per second`. Streams have as many pieces in a quick run, since a turn's fixed cost is in the
 * cost of its pieces.
 */
function readPoint(text: string): Point {
  const [streams, piecesPerSecond] = text.split("x").map(Number);
  if (!streams || !piecesPerSecond) throw new Error(`--points: write streams x pieces per second, such as 30x50`);
  return { streams, piecesPerSecond, pieces: piecesPerSecond * (piecesPerSecond > 100 ? 4 : 6) };
}
