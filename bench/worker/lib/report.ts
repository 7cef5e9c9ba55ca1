import { passThrough, rivulet } from "./contestants.ts";
import { isSamePoint, namePoint } from "./results.ts";
import type { Conditions, LayerResults, PointLine, Results } from "./results.ts";
import type { Who } from "../load/target.ts";
import { median } from "./statistics.ts";
import { isSourceLate, readBounds, whyVoid } from "./verdict.ts";

/** The whole report in Markdown. */
export function toMarkdown(results: Results): string {
  return [describePoints(results), pointTable(results.points), turnTable(results), boundTable(results), ""].join(
    "\n\n",
  );
}

/** Where and when the points were measured. */
export function describePoints({ conditions, points }: Results): string {
  return describe(
    conditions,
    points.map(({ figures }) => figures),
  );
}

/** Describes in one sentence where and when it was measured. */
export function describe(
  { date, commit, machine, runs }: Conditions,
  figures: readonly { othersCores: number }[],
): string {
  const others = median(figures.map(({ othersCores }) => othersCores));
  const busy =
    others > 0.1
      ? `; other programs used ${others.toFixed(1)} cores at the same time, so only the ratios are meaningful`
      : "";
  return `Measured on ${date} at ${commit}, ${machine}, ${runs === 1 ? "one run" : `medians of ${runs} runs`}${busy}.`;
}

/** The cost of streams, point by point. */
export function pointTable(lines: readonly PointLine[]): string {
  const head = [
    ...["streams", "", "CPU ms per 1,000 pieces", "× pass-through", "first piece p50 · p99 (ms)"],
    ...["lag p50 · p99 (ms)", "lag growth (ms)", "memory (MiB)", "lost", "wall time (s)"],
  ];
  const rows = lines.map((line, index) => {
    const { point, name, who, figures } = line;
    const base = lines.find(({ point: other, name: its }) => isSamePoint(other, point) && its === passThrough.name);
    const isFirst = index === 0 || !isSamePoint(point, lines[index - 1]?.point ?? point);
    const voidReason = isFirst ? whyVoid(lines, point) : undefined;
    return [
      isFirst ? `${namePoint(point)}${voidReason === undefined ? "" : ` **void**: ${voidReason}`}` : "",
      nameLine(name, who) + (isSourceLate(figures) ? " (the upstream was late)" : ""),
      format(figures.processorMsPerThousand),
      base ? format(figures.processorMsPerThousand / base.figures.processorMsPerThousand, 1) : "–",
      `${format(figures.firstPieceP50)} · ${format(figures.firstPieceP99)}`,
      `${format(figures.lagP50)} · ${format(figures.lagP99)}`,
      format(figures.lagGrowth),
      format(figures.memoryPeakMiB),
      format(figures.lost + figures.strays),
      format(figures.wallMs / 1000, 1),
    ];
  });
  return table(head, rows, 2);
}

/** The cost of a single turn. */
export function turnTable({ turns, firstPieces, idle, points }: Omit<Results, "conditions">): string {
  const head = [
    ...["", "CPU ms per turn of one piece", "first piece, one at a time (ms)"],
    ...["first piece, 30 at once (ms)", "session (ms · CPU ms)", "idle (CPU ms per s · MiB)"],
  ];
  const rows = turns.map(({ name, who, figures }) => {
    const first = firstPieces.find((line) => line.name === name && line.who === who);
    const resting = who === "new" ? idle.find((line) => line.name === name) : undefined;
    const session = points.find((line) => line.name === name && line.who === who)?.figures;
    return [
      nameLine(name, who),
      format(figures.processorMsPerTurn, 1),
      format(first?.single, 1),
      format(first?.crowd),
      pair(session?.sessionP50, session?.sessionProcessorMs, 1),
      pair(resting?.processorMsPerSecond, resting?.memoryMiB),
    ];
  });
  return table(head, rows, 1);
}

/** The performance bounds of this worker, and whether it keeps them. */
function boundTable(results: Results): string {
  const rows = readBounds(results).map(({ what, measured, bound, isKept }) => {
    return [what, measured, bound, isKept === undefined ? "void" : isKept ? "yes" : "**no**"];
  });
  return table(["promise", "measured", "bound", "kept"], rows, 1);
}

/** The cost of each layer. */
export function layerTable({ layers, point }: Omit<LayerResults, "conditions">): string {
  const head = [
    ...["", "CPU ms per 1,000 pieces", "added by this layer", "× pass-through"],
    ...["CPU ms per turn of one piece", "added by this layer", "CPU µs per piece, without its share of the turn"],
  ];
  const base = layers[0]?.figures.processorMsPerThousand ?? Number.NaN;
  const rows = layers.map(({ name, figures }, index) => {
    const above = name.startsWith("+ ") ? layers[index - 1]?.figures : undefined; // the last lines are not layers
    const { processorMsPerThousand: cost, processorMsPerTurn: turnCost } = figures;
    return [
      name,
      format(cost),
      format(above && cost - above.processorMsPerThousand),
      format(cost / base, 1),
      format(turnCost, 1),
      format(above && turnCost - above.processorMsPerTurn, 1),
      format(cost - (turnCost * 1000) / point.pieces),
    ];
  });
  return table(head, rows, 1);
}

/** The name of a line; for this worker it includes the kind of visitors. */
export function nameLine(name: string, who: Who): string {
  return name === rivulet.name ? `**${name}**, ${who} visitors` : name;
}

function pair(one: number | null | undefined, other: number | null | undefined, digits = 0): string {
  return isNumber(one) && isNumber(other) ? `${format(one, digits)} · ${format(other, digits)}` : "–";
}

/** JSON has no NaN: a missing figure is read as null. */
function isNumber(value: number | null | undefined): value is number {
  return typeof value === "number" && !Number.isNaN(value);
}

function format(value: number | null | undefined, digits = 0): string {
  if (!isNumber(value)) return "–";
  return value.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

function table(head: readonly string[], rows: readonly (readonly string[])[], textColumns: number): string {
  const rule = head.map((_, index) => (index < textColumns ? ":--" : "--:"));
  return [head, rule, ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");
}
