// Runs through the demo as `npm start` serves it, under its own content security policy: no inline code, nothing from
// other origins, no HTML built from strings. The browser reports each violation.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { anthropicAnswer, slowly, startFaultServer, type FaultServer } from "../fault-server/index.ts";
import { eventually } from "../support/eventually.ts";
import { startBrowser } from "../support/site.ts";
import { technicalAnswer } from "../support/technical-answer.ts";
import { startTestWorker, type TestWorker } from "../support/worker.ts";
import { ask, openPanel } from "./stage.ts";

const pieces = technicalAnswer.match(/[^]{1,20}/g) ?? [];

let upstream: FaultServer;
let worker: TestWorker;
let browser: Browser;

before(async () => {
  upstream = await startFaultServer();
  upstream.script(() => slowly(2, anthropicAnswer({ text: pieces })));
  worker = await startTestWorker({
    entry: "worker/index.ts",
    assets: "dist/demo",
    variables: { ANTHROPIC_API_KEY: "k", ANTHROPIC_BASE_URL: upstream.url },
  });
  browser = await startBrowser();
});

after(async () => {
  await browser.close();
  await worker.stop();
  await upstream.close();
});

test("the demo works under the strictest policy without a violation", async () => {
  const context = await browser.newContext({ permissions: ["clipboard-read", "clipboard-write"] });
  const complaints: string[] = [];
  await context.exposeBinding("complain", (_, complaint: string) => complaints.push(complaint));
  await context.addInitScript(`addEventListener("securitypolicyviolation", (violation) =>
    complain([violation.violatedDirective, violation.blockedURI, violation.sourceFile, violation.sample].join(" ")));`);
  const page = await context.newPage();
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  const response = await page.goto(worker.url);
  const policy = response?.headers()["content-security-policy"] ?? "";
  for (const part of [
    "default-src 'self'",
    "script-src 'self'",
    "style-src 'self'",
    "require-trusted-types-for 'script'",
  ])
    assert.ok(policy.includes(part), `${part} is in the policy: ${policy}`);

  await openPanel(page);
  await ask(page, "How do I read the inverter?");
  await ended(page, 1);
  const answer = page.locator("rivulet-chat [part~=answer]").last();
  for (const shown of ["h2", "table", "ol", "blockquote", ".code", ".math math", ".notes", "hr", "a", "input"])
    assert.ok((await answer.locator(shown).count()) > 0, `the answer shows ${shown}`);
  await answer.locator(".code").first().scrollIntoViewIfNeeded(); // only what is near the view is highlighted
  await eventually(() => page.evaluate<boolean>("CSS.highlights.size > 0"));

  await answer.locator(".code .copy").first().click();
  await button(page, "Copy answer").click();
  await eventually(async () => (await copied(page)) === technicalAnswer.trim());
  await answer.locator("button.note-reference").click();
  await button(page, "Bad answer").click();
  await page.locator("rivulet-chat .message-form textarea").fill("Too long");
  await page.locator("rivulet-chat .message-form").getByRole("button", { name: "Send" }).click();
  await button(page, "Regenerate").click();
  await ended(page, 1);
  await button(page, "Previous version").click();
  await button(page, "Edit message").click();
  await page.locator("rivulet-chat .message-form textarea").fill("And from a shell?");
  await page.locator("rivulet-chat .message-form").getByRole("button", { name: "Send" }).click();
  await ended(page, 1);
  await button(page, "Conversations").click();
  await page.locator("rivulet-chat .entry-open").first().waitFor();
  await page.locator("rivulet-chat .list-back").click();
  await page.goto(`${worker.url}/faults`);
  await page.locator("rivulet-chat [part~=answer] table").waitFor();
  await button(page, "New conversation").click();
  await page.locator("rivulet-chat .starter").first().waitFor();

  for (const path of ["/compare", "/yield"]) await page.goto(worker.url + path, { waitUntil: "networkidle" });
  assert.deepEqual(complaints, []);

  await page.evaluate(`document.body.style.cssText = "color: red"`); // the policy allows changes through the CSSOM
  await page.evaluate(`document.body.setAttribute("style", "color: blue")`);
  await eventually(() => complaints.length > 0); // shows that a violation would be seen
  await context.close();
});

function button(page: Page, name: string) {
  return page.locator("rivulet-chat").getByRole("button", { name, exact: true }).last();
}

/** Waits until the page has this many answers and the last one has ended. */
async function ended(page: Page, answers: number): Promise<void> {
  await page.locator("rivulet-chat [part~=answer] .notes").last().waitFor();
  await page.locator("rivulet-chat [part~=send]").waitFor();
  await eventually(async () => (await page.locator("rivulet-chat [part~=answer]").count()) === answers);
}

async function copied(page: Page): Promise<string> {
  return (await page.evaluate<string>("navigator.clipboard.readText()")).trim();
}
