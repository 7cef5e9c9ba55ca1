// In a browser, streams 20,000 random documents that look like Markdown, in random pieces. There must be no exception,
// the result must equal the document rendered at once, and no step may contain an element or attribute that is not
// allowed.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { bundleModule } from "../../scripts/lib/bundle.ts";
import { findBrowser, noBrowserFound } from "../../scripts/lib/find-browser.ts";

/** Documents per call. A call that takes minutes would look as if the browser hung. */
const batch = 1_000;

/** @param documents how many documents; 20,000 by default */
export async function prove(documents = "20000"): Promise<object> {
  const executablePath = findBrowser();
  if (!executablePath) throw new Error(noBrowserFound);
  const folder = mkdtempSync(join(tmpdir(), "rivulet-fuzz-"));
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
  try {
    await bundleModule("fuzz", "test/widget/markdown/fuzz-page.ts", folder);
    const page = await browser.newPage();
    await page.addScriptTag({ content: readFileSync(join(folder, "fuzz.js"), "utf8"), type: "module" });
    await page.waitForFunction("window.fuzz !== undefined");
    let steps = 0;
    for (let from = 1; from <= Number(documents); from += batch) {
      const to = Math.min(Number(documents), from + batch - 1);
      const result = await page.evaluate<{ steps: number; failures: string[] }>(`window.fuzz(${from}, ${to})`);
      assert.deepEqual(result.failures, []);
      steps += result.steps;
    }
    return { documents: Number(documents), steps, failures: 0 };
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true });
  }
}
