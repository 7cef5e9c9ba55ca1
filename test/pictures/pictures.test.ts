// The pictures of the documentation: each page names files that exist, each file is named, and all of them are small.
import assert from "node:assert/strict";
import { globSync, readFileSync, statSync } from "node:fs";
import { basename } from "node:path";
import { test } from "node:test";
import { at, root } from "../../scripts/lib/root.ts";
import { stateSheets } from "./sheets.ts";
import { singlePictures } from "./single-pictures.ts";

const files = globSync("docs/images/*", { cwd: root }).map((path) => basename(path));
const pages = ["README.md", ...globSync("docs/*.md", { cwd: root })];
const texts = new Map(pages.map((page) => [page, readFileSync(at(page), "utf8")]));

/** The names of the files in `docs/images/` that a page shows or links to. */
function namedIn(page: string): string[] {
  return [...(texts.get(page) ?? "").matchAll(/\bimages\/([\w-]+\.(?:webp|png))\b/g)].map(([, name = ""]) => name);
}

test("pages name the pictures that are there, and a script takes each of them", () => {
  const named = new Set(pages.flatMap(namedIn));
  assert.deepEqual(files.toSorted(), [...named].toSorted());
  const taken = [...stateSheets, ...singlePictures].map(({ name }) => `${name}.webp`);
  assert.deepEqual(files.toSorted(), taken.toSorted());
});

test("the page of all states shows each sheet, in order", () => {
  assert.deepEqual(
    namedIn("docs/states.md"),
    stateSheets.map(({ name }) => `${name}.webp`),
  );
});

test("no picture has more than 250 KB, and all together have no more than 4 MB", () => {
  const sizes = files.map((name) => statSync(at(`docs/images/${name}`)).size);
  for (const [index, size] of sizes.entries()) assert.ok(size <= 250_000, `${files[index]} has ${size} bytes`);
  assert.ok(sizes.reduce((sum, size) => sum + size, 0) <= 4_000_000);
});
