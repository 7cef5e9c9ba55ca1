import { setTimeout as sleep } from "node:timers/promises";
import type { ReceivedStream, Who } from "../load/target.ts";
import type { SentStream } from "../upstream/sent.ts";
import type { Running } from "./contestants.ts";
import { usageOfTree, watchMemory, watchOthers } from "./processes.ts";
import type { Rig } from "./rig.ts";
import { median, percentile } from "./statistics.ts";

/** How many streams at once, and how fast each is. */
export interface Point {
  streams: number;
  piecesPerSecond: number;
  /** Per stream. */
  pieces: number;
}

/** The figures of one contestant at one point. Times in milliseconds; CPU times are of its whole process tree. */
export interface PointFigures {
  processorMsPerThousand: number;
  firstPieceP50: number;
  firstPieceP99: number;
  /** Time from the upstream's write of a piece to its arrival. */
  lagP50: number;
  lagP99: number;
  /** Median lag of the last third of each stream minus that of the first third. */
  lagGrowth: number;
  memoryPeakMiB: number;
  lost: number;
  strays: number;
  wallMs: number;
  /** How far the upstream was behind its pace. */
  sourceLateP50: number;
  sourceLateP99: number;
  /** Time to begin a session, before the measurement starts; NaN if there are no sessions. */
  sessionP50: number;
  sessionProcessorMs: number;
  /** Processors that other programs used meanwhile. Above about 0.1, they disturb the measurement. */
  othersCores: number;
  /** CPU time of the load itself, per 1,000 pieces. */
  loadProcessorMsPerThousand: number;
}

/** The cost of turns with one piece, one after another. */
export interface TurnFigures {
  processorMsPerTurn: number;
  firstPieceP50: number;
}

/** A single piece, sent at once. */
const onePiece = { pieces: 1, piecesPerSecond: 50 };

/** Time for the work after a turn's end, such as settling with the ledger, in milliseconds. */
const settleMs = 500;

/** Measures one contestant at one point. */
export async function measurePoint(rig: Rig, running: Running, point: Point, who: Who): Promise<PointFigures> {
  const { target, program } = running;
  const { streams, pieces } = point;
  const thousands = (streams * pieces) / 1000;
  const sessions = await prepare(rig, running, who, streams);
  await rig.setPace(point);
  const loadBefore = await rig.loadProcessorMs();
  const stopWatching = watchMemory(program.pid);
  const stopWatchingOthers = watchOthers();
  const before = usageOfTree(program.pid);
  const received = await rig.ask({ target, count: streams, atOnce: streams, pieces });
  await sleep(settleMs);
  const after = usageOfTree(program.pid);
  const othersCores = stopWatchingOthers();
  const memoryPeakMiB = stopWatching();
  const loadProcessorMs = (await rig.loadProcessorMs()) - loadBefore;
  const sent = await rig.takeSent();
  warnOfErrors(running, received);
  return {
    processorMsPerThousand: (after.processorMs - before.processorMs) / thousands,
    ...readStreams(received, sent, point),
    memoryPeakMiB,
    ...sessions,
    othersCores,
    loadProcessorMsPerThousand: loadProcessorMs / thousands,
  };
}

/** Measures the cost of a turn before and after its pieces, with turns of one piece, one after another. */
export async function measureTurns(rig: Rig, running: Running, count: number, who: Who): Promise<TurnFigures> {
  const { target, program } = running;
  // A returning visitor asks several times in the same conversation.
  await prepare(rig, running, who, who === "new" ? count : Math.ceil(count / 4));
  const before = usageOfTree(program.pid);
  const received = await rig.ask({ target, count, atOnce: 1, pieces: 1 });
  await sleep(settleMs);
  const after = usageOfTree(program.pid);
  await rig.takeSent();
  warnOfErrors(running, received);
  return {
    processorMsPerTurn: (after.processorMs - before.processorMs) / count,
    firstPieceP50: median(firstPieces(received)),
  };
}

/** Asks several questions at once, each with an answer of one piece. @returns the times to the first piece, in ms */
export async function measureFirstPieces(rig: Rig, running: Running, count: number): Promise<number[]> {
  const received = await rig.ask({ target: running.target, count, atOnce: count, pieces: 1 });
  await rig.takeSent();
  warnOfErrors(running, received);
  return firstPieces(received);
}

/** Prepares visitors. It sets the pace to one piece, and does not reset it. */
export async function prepare(rig: Rig, { target, program }: Running, who: Who, visitors: number) {
  await rig.setPace(onePiece);
  const before = usageOfTree(program.pid);
  const sessionMs = await rig.prepare({ target, who, visitors });
  const after = usageOfTree(program.pid);
  await rig.takeSent();
  if (who === "returning" && target.hasVisitors) await sleep(2 * settleMs);
  const isSession = sessionMs.length > 0 && who === "new"; // returning visitors have also had a turn
  return {
    sessionP50: isSession ? median(sessionMs) : Number.NaN,
    sessionProcessorMs: isSession ? (after.processorMs - before.processorMs) / sessionMs.length : Number.NaN,
  };
}

/** What an idle contestant uses, in milliseconds of CPU time per second. */
export async function measureIdle(running: readonly Running[]): Promise<number[]> {
  const read = () => running.map(({ program }) => usageOfTree(program.pid).processorMs);
  const before = read();
  await sleep(2000);
  return read().map((processorMs, index) => (processorMs - (before[index] ?? 0)) / 2);
}

type StreamFigures = Omit<
  PointFigures,
  | "processorMsPerThousand"
  | "memoryPeakMiB"
  | "sessionP50"
  | "sessionProcessorMs"
  | "othersCores"
  | "loadProcessorMsPerThousand"
>;

/** Compares the times when pieces were sent with the times when they arrived. */
export function readStreams(
  received: readonly ReceivedStream[],
  sent: readonly SentStream[],
  { streams, pieces, piecesPerSecond }: Point,
): StreamFigures {
  const byNumber = new Map(sent.map((stream) => [stream.number, stream]));
  const lags: number[] = [];
  const early: number[] = [];
  const late: number[] = [];
  let arrived = 0;
  for (const { number, cameAt } of received) {
    const source = byNumber.get(number);
    if (!source) continue; // not even its first piece arrived
    for (let piece = 0; piece < pieces; piece += 1) {
      const at = cameAt[piece] ?? 0;
      if (at === 0) continue;
      arrived += 1;
      const lag = at - (source.sentAt[piece] ?? Number.NaN);
      lags.push(lag);
      if (piece < pieces / 3) early.push(lag);
      else if (piece >= (pieces * 2) / 3) late.push(lag);
    }
  }
  const lateness = sent.flatMap(({ startedAt, sentAt }) =>
    Array.from(sentAt, (at, piece) => at - startedAt - (piece * 1000) / piecesPerSecond),
  );
  return {
    ...{ firstPieceP50: median(firstPieces(received)), firstPieceP99: percentile(firstPieces(received), 0.99) },
    ...{ lagP50: median(lags), lagP99: percentile(lags, 0.99), lagGrowth: median(late) - median(early) },
    lost: streams * pieces - arrived,
    strays: received.reduce((sum, { strays }) => sum + strays, 0),
    wallMs: Math.max(...received.map(({ endedAt }) => endedAt)) - Math.min(...received.map(({ askedAt }) => askedAt)),
    ...{ sourceLateP50: median(lateness), sourceLateP99: percentile(lateness, 0.99) },
  };
}

function firstPieces(received: readonly ReceivedStream[]): number[] {
  return received.filter(({ cameAt }) => (cameAt[0] ?? 0) > 0).map(({ askedAt, cameAt }) => (cameAt[0] ?? 0) - askedAt);
}

function warnOfErrors({ contestant }: Running, received: readonly ReceivedStream[]): void {
  const errors = received.flatMap(({ error }) => error ?? []);
  if (errors.length > 0) console.error(`${contestant.name}: ${errors.length} streams failed; the first: ${errors[0]}`);
}
