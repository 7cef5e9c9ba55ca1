import { passThrough, rivulet } from "./contestants.ts";
import type { Point, PointFigures } from "./measure.ts";
import { isSamePoint, namePoint, type FirstPieceLine, type PointLine, type Results } from "./results.ts";

/** Past these limits the machine, not the contestant, determines the figures. Times in milliseconds. */
const voidLimits = { lagP50: 100, lagGrowth: 50, sourceLateP99: 100 };

/**
 * Why a point is void: the pass-through itself loses pieces or falls behind there, or the upstream did not keep its
 * pace.
 * @returns undefined if the point counts
 */
export function whyVoid(lines: readonly PointLine[], point: Point): string | undefined {
  const figures = find(lines, point, passThrough.name, "new");
  if (figures === undefined) return undefined;
  if (figures.lost > 0) return `the pass-through lost ${figures.lost} pieces`;
  if (figures.lagP50 > voidLimits.lagP50) return `the pass-through is ${figures.lagP50.toFixed(0)} ms behind`;
  if (figures.lagGrowth > voidLimits.lagGrowth) return "the pass-through falls behind more and more";
  if (isSourceLate(figures)) return "the upstream did not keep its pace";
  return undefined;
}

/** Whether the upstream did not keep its pace, because the contestant left it too little CPU time. */
export function isSourceLate({ sourceLateP99 }: PointFigures): boolean {
  return sourceLateP99 > voidLimits.sourceLateP99;
}

/** A performance bound of this worker, and the measured value. */
export interface Bound {
  what: string;
  measured: string;
  bound: string;
  /** Undefined if the point is void. */
  isKept?: boolean;
}

/** Compares this worker's figures with its bounds. */
export function readBounds({ points, firstPieces }: Omit<Results, "conditions">): Bound[] {
  const all = points.map(({ point }) => point);
  const distinct = all.filter((point, index) => all.findIndex((other) => isSamePoint(point, other)) === index);
  return [
    ...distinct.flatMap((point) => processorBounds(points, point)),
    ...distinct.flatMap((point) => lagBounds(points, point)),
    ...lossBound(points),
    ...firstPieceBounds(firstPieces),
  ];
}

const whos = ["new", "returning"] as const;

/** The points that have a bound on CPU time: streams × pieces per second. */
const promised = ["30 × 50/s", "60 × 50/s", "100 × 150/s"];

function processorBounds(lines: readonly PointLine[], point: Point): Bound[] {
  if (!promised.includes(namePoint(point))) return [];
  return whos.flatMap((who) => {
    const ours = find(lines, point, rivulet.name, who);
    const theirs = find(lines, point, passThrough.name, "new");
    if (!ours || !theirs) return [];
    const ratio = ours.processorMsPerThousand / theirs.processorMsPerThousand;
    const isVoid = whyVoid(lines, point) !== undefined;
    return {
      what: `CPU time per 1,000 pieces, ${namePoint(point)}, ${who} visitors`,
      measured: `${ratio.toFixed(2)} ×`,
      bound: "at most 2 × the pass-through's",
      isKept: isVoid ? undefined : ratio <= 2,
    };
  });
}

function lagBounds(lines: readonly PointLine[], point: Point): Bound[] {
  const ours = find(lines, point, rivulet.name, "new");
  const theirs = find(lines, point, passThrough.name, "new");
  if (namePoint(point) !== "60 × 50/s" || !ours || !theirs) return [];
  const overMs = ours.lagP50 - theirs.lagP50;
  const growthMs = ours.lagGrowth - theirs.lagGrowth;
  const isVoid = whyVoid(lines, point) !== undefined;
  return [
    {
      what: "lag p50 at 60 × 50/s over the pass-through's",
      measured: `${overMs.toFixed(0)} ms`,
      bound: "at most 80 ms",
      isKept: isVoid ? undefined : overMs <= 80,
    },
    {
      what: "growth of the lag over a stream at 60 × 50/s",
      measured: `${growthMs.toFixed(0)} ms`,
      bound: "none (at most 10 ms)",
      isKept: isVoid ? undefined : growthMs <= 10,
    },
  ];
}

function lossBound(lines: readonly PointLine[]): Bound[] {
  const ours = lines.filter(({ name }) => name === rivulet.name);
  if (ours.length === 0) return [];
  const lost = ours.reduce((sum, { figures }) => sum + figures.lost + figures.strays, 0);
  return [{ what: "pieces lost or doubled, all points", measured: String(lost), bound: "0", isKept: lost === 0 }];
}

function firstPieceBounds(lines: readonly FirstPieceLine[]): Bound[] {
  const line = (name: string, who: string) => lines.find((one) => one.name === name && one.who === who);
  const [ours, theirs] = [line(rivulet.name, "returning")?.single, line(passThrough.name, "returning")?.single];
  const [ourCrowd, theirCrowd] = [line(rivulet.name, "new")?.crowd, line(passThrough.name, "new")?.crowd];
  const bounds: Bound[] = [];
  if (ours !== undefined && theirs !== undefined) {
    bounds.push({
      what: "first piece for a returning visitor, one question at a time, over the pass-through's",
      measured: `${(ours - theirs).toFixed(1)} ms`,
      bound: "at most 12 ms",
      isKept: ours - theirs <= 12,
    });
  }
  if (ourCrowd !== undefined && theirCrowd !== undefined) {
    bounds.push({
      what: "first piece for 30 new visitors at once",
      measured: `${(ourCrowd / theirCrowd).toFixed(2)} ×`,
      bound: "at most 2.5 × the pass-through's",
      isKept: ourCrowd / theirCrowd <= 2.5,
    });
  }
  return bounds;
}

function find(lines: readonly PointLine[], point: Point, name: string, who: string): PointFigures | undefined {
  return lines.find((line) => isSamePoint(line.point, point) && line.name === name && line.who === who)?.figures;
}
