// The page at the worker's own address, as a deployment serves it beside the widget's files.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import { at } from "../../scripts/lib/root.ts";
import { startBrowser } from "../support/site.ts";
import { startTestWorker, type TestWorker } from "../support/worker.ts";

const axe = readFileSync(fileURLToPath(import.meta.resolve("axe-core/axe.min.js")), "utf8");

let worker: TestWorker;
let browser: Browser;

before(async () => {
  const variables = { ANTHROPIC_API_KEY: "k" };
  worker = await startTestWorker({ entry: "worker/index.ts", assets: "dist/widget", variables });
  browser = await startBrowser();
});

after(async () => {
  await browser.close();
  await worker.stop();
});

/** The rules that a page breaks. */
async function audit(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate<string[]>("axe.run().then(({ violations }) => violations.map(({ id }) => id))");
}

test("the front page says what it is, and its links lead to the health and the documentation", async () => {
  const complaints: string[] = [];
  const page = await browser.newPage();
  page.on("console", (message) => {
    if (message.text().includes("Content Security Policy")) complaints.push(message.text());
  });
  const response = await page.goto(worker.url);
  const policy = response?.headers()["content-security-policy"] ?? "";
  assert.match(policy, /^default-src 'none'; style-src 'nonce-[\w-]+'; base-uri 'none'; form-action 'none'; /);
  assert.equal(await page.locator("h1").textContent(), "Rivulet Chat");
  const text = await page.content();
  assert.doesNotMatch(text, /claude|foundry|anthropic|azure/i, "no assistant and no provider is named");
  assert.notEqual(await page.evaluate("getComputedStyle(document.body).maxWidth"), "none", "its style is applied");

  await page.getByRole("link", { name: "Documentation" }).click();
  assert.equal(await page.locator("h1").textContent(), "Documentation");
  const links = await page.evaluate<string[]>("[...document.querySelectorAll('li a')].map(({ href }) => href)");
  for (const link of links) assert.equal((await fetch(link)).status, 200, link);
  const missing = readdirSync(at("docs"))
    .flatMap((file) => /^(?!states)(.+)\.md$/.exec(file)?.[1] ?? [])
    .filter((name) => !links.includes(`${worker.url}/docs/${name}`));
  assert.deepEqual(missing, [], "every page of the documentation is in its index");
  await page.getByRole("link", { name: "Deploying" }).click();
  await page.getByRole("link", { name: "More than forty mistakes" }).click();
  assert.equal(await page.locator("h1").textContent(), "Troubleshooting");
  await page.goto(worker.url);
  await page.getByRole("link", { name: "Health" }).click();
  assert.match((await page.textContent("body")) ?? "", /"status":"ok","version":"\d.*"notConfigured":\["provider"\]/);
  assert.deepEqual(complaints, []);
  await page.close();
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`the front page and the documentation pass an accessibility audit: ${colorScheme}`, async () => {
    const page = await browser.newPage({ colorScheme });
    for (const path of ["/", "/docs/", "/docs/troubleshooting"]) {
      await page.goto(worker.url + path);
      assert.deepEqual(await audit(page), [], path);
      const link = await page.evaluate<string>("getComputedStyle(document.querySelector('a')).color");
      assert.equal(link, colorScheme === "dark" ? "rgb(168, 199, 250)" : "rgb(11, 87, 208)", path);
    }
    await page.close();
  });
}
