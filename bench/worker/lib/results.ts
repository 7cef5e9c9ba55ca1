import { execFileSync } from "node:child_process";
import { availableParallelism, cpus } from "node:os";
import { root } from "../../../scripts/lib/root.ts";
import type { Who } from "../load/target.ts";
import type { Point, PointFigures, TurnFigures } from "./measure.ts";

/** Where and when something was measured. */
export interface Conditions {
  date: string;
  /** The repository's commit, with a plus sign if files were changed. */
  commit: string;
  machine: string;
  /** Each figure is the median of this many runs. */
  runs: number;
}

/** A contestant's figures at a point. */
export interface PointLine {
  point: Point;
  name: string;
  who: Who;
  figures: PointFigures;
}

/** The cost of a contestant's single turns. */
export interface TurnLine {
  name: string;
  who: Who;
  figures: TurnFigures;
}

/** Times to a contestant's first piece: medians in milliseconds. */
export interface FirstPieceLine {
  name: string;
  who: Who;
  /** One question at a time. */
  single?: number;
  /** Many questions at once. */
  crowd?: number;
}

/** All results of the benchmark. */
export interface Results {
  conditions: Conditions;
  points: PointLine[];
  turns: TurnLine[];
  firstPieces: FirstPieceLine[];
  /** CPU time per second, in milliseconds, and memory, while idle. */
  idle: { name: string; processorMsPerSecond: number; memoryMiB: number }[];
}

/** The cost of a layer. */
export interface LayerLine {
  name: string;
  figures: PointFigures & TurnFigures;
}

/** The results of `--layers`. */
export interface LayerResults {
  conditions: Conditions;
  point: Point;
  layers: LayerLine[];
}

/** Records where and when the benchmark runs. */
export function readConditions(runs: number): Conditions {
  const git = (...args: string[]) => execFileSync("git", args, { cwd: root, encoding: "utf8" }).trim();
  const isChanged = git("status", "--porcelain", "--", "worker", "protocol", "package-lock.json") !== "";
  return {
    date: new Date().toISOString().slice(0, 10),
    commit: git("rev-parse", "--short", "HEAD") + (isChanged ? "+" : ""),
    machine: `${availableParallelism()} × ${cpus()[0]?.model.trim() ?? "unknown processor"}`,
    runs,
  };
}

/** Whether two points are the same. */
export function isSamePoint(one: Point, other: Point): boolean {
  return one.streams === other.streams && one.piecesPerSecond === other.piecesPerSecond;
}

/** A point in readable form. */
export function namePoint({ streams, piecesPerSecond }: Point): string {
  return `${streams} × ${piecesPerSecond}/s`;
}
