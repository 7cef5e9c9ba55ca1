import { parseArgs } from "node:util";
import type { Point } from "./measure.ts";

/** The options of the benchmark. */
export interface Options {
  /** Ids of the contestants to measure. */
  only: readonly string[];
  points: readonly Point[];
  runs: number;
  /** Turns of one piece, one after another, per contestant and run. */
  turns: number;
  /** How many questions to ask one at a time. */
  singles: number;
  /** How many times 30 visitors ask at once. */
  crowds: number;
  /** Whether to write the figures to bench/results/ and docs/scaling.md. By default, a quick run does not. */
  isKept: boolean;
  /** Measures the layers between the pass-through and this worker instead of the contestants. */
  layers: boolean;
}

/** Reads the command line. @param ids the ids of all contestants */
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
 * Reads `streams x pieces per second`. A quick run has as many pieces per stream as a full one, because a turn's fixed
 * cost is part of the cost per piece.
 */
function readPoint(text: string): Point {
  const [streams, piecesPerSecond] = text.split("x").map(Number);
  if (!streams || !piecesPerSecond) throw new Error(`--points: write streams x pieces per second, for example 30x50`);
  return { streams, piecesPerSecond, pieces: piecesPerSecond * (piecesPerSecond > 100 ? 4 : 6) };
}
