// Takes the pictures in README.md and docs/ again: `npm run prove -- pictures [name …]`.
import { mkdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import { at } from "../../scripts/lib/root.ts";
import { startPictureStage, type PictureStage } from "../pictures/picture-stage.ts";
import type { Scene } from "../pictures/scene.ts";
import { stateSheets } from "../pictures/sheets.ts";
import { singlePictures } from "../pictures/single-pictures.ts";
import { writeSheet } from "../pictures/write-sheet.ts";
import { startBrowser } from "../support/site.ts";

/**
 * @param names of the sheets to write; without one, all of them
 * @returns how many pictures each sheet has
 */
export async function prove(...names: string[]): Promise<Record<string, number>> {
  const wanted = [...stateSheets, ...singlePictures].filter(({ name }) => names.length === 0 || names.includes(name));
  const browser = await startBrowser();
  const taken = new Map<Scene, Buffer>();
  const failures: Error[] = [];
  const queue = wanted.flatMap(({ rows }) => rows.flat());
  const takeAll = async (stage: PictureStage) => {
    for (let scene = queue.shift(); scene; scene = queue.shift()) {
      const picture = await stage.take(scene).catch((error: unknown) => {
        failures.push(new Error(`${scene.caption} ${String(error)}`, { cause: error }));
        return undefined;
      });
      if (picture) taken.set(scene, picture);
      console.error(scene.caption);
    }
    await stage.close();
  };
  mkdirSync(at("docs/images"), { recursive: true });
  const stages = await Promise.all(
    Array.from({ length: Math.min(3, availableParallelism()) }, () => startPictureStage(browser)),
  );
  await Promise.all(stages.map(takeAll));
  for (const sheet of wanted) {
    if (sheet.rows.flat().some((scene) => !taken.has(scene))) continue;
    const pictures = sheet.rows.map((row) => row.map((scene) => taken.get(scene) ?? Buffer.of()));
    await writeSheet(browser, sheet, pictures, at(`docs/images/${sheet.name}.webp`));
  }
  await browser.close();
  if (failures.length > 0) throw new AggregateError(failures, "Some pictures could not be taken.");
  return Object.fromEntries(wanted.map(({ name, rows }) => [name, rows.flat().length]));
}
