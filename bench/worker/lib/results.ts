import { execFileSync } from "node:child_process";
import { availableParallelism, cpus } from "node:os";
import { root } from "../../../scripts/lib/root.ts";
import type { Who } from "../load/target.ts";
import type { Point, PointFigures, TurnFigures } from "./measure.ts";

/** Where and when something was measured. */
export interface Conditions {
  date: string;
  /** Of the repository; with a plus where files were changed. */
  commit: string;
  machine: string;
  /** How many each figure is the median of. */
  runs: number;
}

/** What a contestant showed at a point. */
export interface PointLine {
  point: Point;
  name: string;
  who: Who;
  figures: PointFigures;
}

/** What a contestant's turns cost by themselves. */
export interface TurnLine {
  name: string;
  who: Who;
  figures: TurnFigures;
}

/** When a contestant's first pieces came: medians in milliseconds. */
export interface FirstPieceLine {
  name: string;
  who: Who;
  /** One question at a time. */
  single?: number;
  /** Questions that are asked at once. */
  crowd?: number;
}

/** Everything that the bench showed. */
export interface Results {
  conditions: Conditions;
  points: PointLine[];
  turns: TurnLine[];
  firstPieces: FirstPieceLine[];
  /** Processor time per second, in milliseconds, and memory, while nobody asks. */
  idle: { name: string; processorMsPerSecond: number; memoryMiB: number }[];
}

/** What a layer costs. */
export interface LayerLine {
  name: string;
  figures: PointFigures & TurnFigures;
}

/** What `--layers` showed. */
export interface LayerResults {
  conditions: Conditions;
  point: Point;
  layers: LayerLine[];
}

/** Notes where and when. */
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

/** A point as people write it. */
export function namePoint({ streams, piecesPerSecond }: Point): string {
  return `${streams} × ${piecesPerSecond}/s`;
}
