import { setTimeout as sleep } from "node:timers/promises";
import type { Who } from "../load/target.ts";
import { start, type Contestant, type Running } from "./contestants.ts";
import { measureFirstPieces, measureIdle, measurePoint, measureTurns, prepare } from "./measure.ts";
import type { Point, PointFigures, TurnFigures } from "./measure.ts";
import type { Options } from "./options.ts";
import { usageOfTree } from "./processes.ts";
import { namePoint } from "./results.ts";
import type { Results } from "./results.ts";
import type { Rig } from "./rig.ts";
import { median, medians } from "./statistics.ts";

/** How many visitors ask at once when the first piece is measured. */
export const crowd = 30;

/** The measurements of one contestant with one kind of visitors. */
class Series {
  readonly contestant: Contestant;
  readonly who: Who;
  readonly points = new Map<Point, PointFigures[]>();
  readonly turns: TurnFigures[] = [];
  readonly singles: number[] = [];
  readonly crowds: number[] = [];
  readonly idle: { processorMsPerSecond: number; memoryMiB: number }[] = [];

  constructor(contestant: Contestant, who: Who) {
    this.contestant = contestant;
    this.who = who;
  }
}

/** Starts all contestants side by side and measures them in turn, several times. */
export async function runBench(
  rig: Rig,
  contestants: readonly Contestant[],
  options: Options,
): Promise<Omit<Results, "conditions">> {
  const series = contestants.flatMap((contestant) => [
    new Series(contestant, "new"),
    new Series(contestant, "returning"),
  ]);
  for (let run = 0; run < options.runs; run += 1) {
    console.log(`\nrun ${run + 1} of ${options.runs}: starting ${contestants.map(({ id }) => id).join(", ")} …`);
    const running = await Promise.all(contestants.map((contestant) => start(contestant, rig.upstreamUrl)));
    try {
      await measureRun(rig, rotate(running, run), series, options);
    } finally {
      await Promise.all(running.map(({ program }) => program.stop()));
    }
  }
  return sumUp(series, options);
}

/** The order differs from run to run, so that no contestant is always measured after the same other one. */
function rotate<T>(items: readonly T[], by: number): T[] {
  const first = by % items.length;
  return [...items.slice(first), ...items.slice(0, first)];
}

async function measureRun(rig: Rig, running: readonly Running[], series: readonly Series[], options: Options) {
  const seriesOf = ({ contestant }: Running, who: Who) => {
    const found = series.find((one) => one.contestant === contestant && one.who === who);
    if (!found) throw new Error(`${contestant.id} has no series`);
    return found;
  };
  // Only this worker distinguishes visitors. For the others, returning visitors are the same as new ones.
  const kinds = ({ target }: Running): Who[] => (target.hasVisitors ? ["new", "returning"] : ["new"]);
  await warmUp(rig, running);
  for (const [index, processorMsPerSecond] of (await measureIdle(running)).entries()) {
    const one = running[index];
    if (one)
      seriesOf(one, "new").idle.push({ processorMsPerSecond, memoryMiB: usageOfTree(one.program.pid).memoryMiB });
  }
  for (const point of options.points) {
    for (const one of running) {
      for (const who of kinds(one)) {
        const figures = await measurePoint(rig, one, point, who);
        const { points } = seriesOf(one, who);
        points.set(point, [...(points.get(point) ?? []), figures]);
        say(
          one,
          who,
          namePoint(point),
          `${figures.processorMsPerThousand.toFixed(0)} ms per 1,000 pieces`,
          figures.lagP50,
        );
      }
    }
  }
  for (const one of running) {
    for (const who of kinds(one)) {
      const figures = await measureTurns(rig, one, options.turns, who);
      seriesOf(one, who).turns.push(figures);
      say(
        one,
        who,
        "turns of one piece",
        `${figures.processorMsPerTurn.toFixed(1)} ms per turn`,
        figures.firstPieceP50,
      );
    }
  }
  for (const who of ["new", "returning"] as const) {
    await measureSingles(rig, running, options.singles, who, (one) => seriesOf(one, who).singles);
  }
  await measureCrowds(rig, running, options.crowds, (one) => seriesOf(one, "new").crowds);
}

/** Makes sure that everything is loaded and optimized before the measurements start. */
export async function warmUp(rig: Rig, running: readonly Running[]): Promise<void> {
  for (const one of running) await measurePoint(rig, one, { streams: 30, piecesPerSecond: 50, pieces: 50 }, "new");
}

/** One question at a time, each contestant in turn, so that all of them run under the same conditions. */
async function measureSingles(
  rig: Rig,
  running: readonly Running[],
  count: number,
  who: Who,
  listOf: (one: Running) => number[],
): Promise<void> {
  for (const one of running) await prepare(rig, one, who, count);
  for (let question = 0; question < count; question += 1) {
    for (const one of running) {
      listOf(one).push(...(await measureFirstPieces(rig, one, 1)));
      await sleep(30); // so that a turn's last writes do not delay the next turn
    }
  }
}

/** Thirty new visitors at once. */
async function measureCrowds(
  rig: Rig,
  running: readonly Running[],
  times: number,
  listOf: (one: Running) => number[],
): Promise<void> {
  for (const one of running) await prepare(rig, one, "new", crowd * times);
  for (let time = 0; time < times; time += 1) {
    for (const one of running) {
      listOf(one).push(...(await measureFirstPieces(rig, one, crowd)));
      await sleep(300);
    }
  }
}

function sumUp(series: readonly Series[], { points }: Options): Omit<Results, "conditions"> {
  const lineOf = ({ contestant, who }: Series) => ({ name: contestant.name, who });
  return {
    points: points.flatMap((point) =>
      series.flatMap((one) => {
        const runs = one.points.get(point);
        return runs ? { point, ...lineOf(one), figures: medians(runs) } : [];
      }),
    ),
    turns: series.flatMap((one) => (one.turns.length > 0 ? { ...lineOf(one), figures: medians(one.turns) } : [])),
    firstPieces: series.map((one) => ({
      ...lineOf(one),
      single: one.singles.length > 0 ? median(one.singles) : undefined,
      crowd: one.crowds.length > 0 ? median(one.crowds) : undefined,
    })),
    idle: series.flatMap((one) => (one.idle.length > 0 ? { name: one.contestant.name, ...medians(one.idle) } : [])),
  };
}

function say({ contestant, target }: Running, who: Who, what: string, figure: string, milliseconds: number): void {
  const visitors = target.hasVisitors ? `, ${who} visitors` : "";
  const delay = what.startsWith("turns") ? "first piece" : "lag";
  console.log(`${what}: ${contestant.name}${visitors}: ${figure}, ${delay} ${milliseconds.toFixed(1)} ms`);
}
