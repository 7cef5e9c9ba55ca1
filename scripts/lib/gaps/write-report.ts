import { cleanText } from "../../../worker/prompt/clean.ts";
import { wrappedTable } from "../wrapped-table.ts";
import type { GapReport, ReportedGroup } from "./report.ts";

/** Writes a report as JSON. Times are in ISO 8601. */
export function writeJson({ assistant, questions, groups, furtherGroups }: GapReport): string {
  const written = groups.map(({ example, texts, count, lastAskedAt, reasons, nearest }) => ({
    question: example,
    count,
    lastAskedAt: new Date(lastAskedAt).toISOString(),
    reasons,
    texts,
    nearest: nearest ?? null,
  }));
  return JSON.stringify({ assistant, questions, groups: written, furtherGroups }, null, 2);
}

/** The widths of the columns whose texts have a known length: how often, when, why. */
const fixedWidths = [5, 10, 10];
const gapWidth = 2;

/**
 * Writes a report as a table.
 * @param width of the terminal, in characters
 * @param hasDocuments whether there is a nearest document to show
 */
export function writeTable(report: GapReport, width: number, hasDocuments: boolean): string {
  const { assistant, questions, period, groups, furtherGroups } = report;
  const rest = width - fixedWidths.reduce((sum, each) => sum + each + gapWidth, 0);
  const forDocument = hasDocuments ? Math.floor((rest - gapWidth) * 0.45) : 0;
  const widths = hasDocuments ? [...fixedWidths, rest - gapWidth - forDocument, forDocument] : [...fixedWidths, rest];
  const head = ["asked", "last", "why", "question", ...(hasDocuments ? ["nearest document"] : [])];
  const rows = groups.map((group) => [
    `${group.count}×`,
    dateOf(group.lastAskedAt),
    describeReasons(group),
    group.example,
    ...(hasDocuments ? [describeNearest(group)] : []),
  ]);
  const total = `${count(questions, "unanswered question")} of ${assistant}, in ${count(groups.length + furtherGroups, "group")}`;
  const dates = period === undefined ? "" : `, ${dateOf(period.from)} to ${dateOf(period.to)}`;
  const further = furtherGroups === 0 ? [] : [`And ${count(furtherGroups, "group")} that were asked less often.`];
  return [`${total}${dates}.`, wrappedTable(head, rows, widths), ...further].join("\n\n");
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

/** In UTC. */
function dateOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

function describeReasons({ reasons }: ReportedGroup): string {
  const names = [reasons.nothing_found > 0 ? ["not found"] : [], reasons.rated_down > 0 ? ["rated down"] : []];
  return names.flat().join(",\n");
}

function describeNearest({ nearest }: ReportedGroup): string {
  if (nearest === undefined) return "none";
  return `${cleanText(nearest.title)} (${nearest.score.toFixed(2)})\n${cleanText(nearest.url ?? nearest.path)}`;
}
