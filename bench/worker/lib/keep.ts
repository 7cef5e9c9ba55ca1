import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { at } from "../../../scripts/lib/root.ts";
import { chart } from "./chart.ts";
import { describe, describePoints, layerTable, pointTable, toMarkdown, turnTable } from "./report.ts";
import { namePoint, type LayerResults, type Results } from "./results.ts";

const folder = "bench/results";
const document = "docs/scaling.md";

/** Writes the results of the benchmark to bench/results/ and docs/scaling.md. */
export function keepResults(results: Results): void {
  write("worker.json", toJson(results));
  write("worker.md", toMarkdown(results));
  write("worker.svg", chart(results.points));
  fillBlock("bench:worker", [describePoints(results), pointTable(results.points), turnTable(results)].join("\n\n"));
}

/** Writes the results of the layers to the same places. */
export function keepLayers(results: LayerResults): void {
  const described = describe(
    results.conditions,
    results.layers.map(({ figures }) => figures),
  );
  const shown = `At ${namePoint(results.point)}. ${described}\n\n${layerTable(results)}`;
  write("worker-layers.json", toJson(results));
  write("worker-layers.md", `${shown}\n`);
  fillBlock("bench:worker-layers", shown);
}

function write(name: string, content: string): void {
  mkdirSync(at(folder), { recursive: true });
  writeFileSync(at(`${folder}/${name}`), content);
}

/** Rounds, because the measurements are not more precise than hundredths. */
function toJson(results: object): string {
  const round = (_: string, value: unknown) => (typeof value === "number" ? Math.round(value * 100) / 100 : value);
  return `${JSON.stringify(results, round, 2)}\n`;
}

/** Replaces the text between the two comments of a block. */
function fillBlock(name: string, content: string): void {
  const [begin, end] = [`<!-- ${name}: written by npm run bench:worker -->`, `<!-- /${name} -->`];
  const page = existsSync(at(document)) ? readFileSync(at(document), "utf8") : "";
  const [before, rest] = page.split(begin);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined) throw new Error(`${document} has no block "${begin}" … "${end}"`);
  writeFileSync(at(document), `${before}${begin}\n${content}\n${end}${after}`);
}
