// Citations in Chromium, through a real worker: chips in the text, cards below it, after a reload too.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Page } from "playwright-core";
import { anthropicAnswer, insertAfter } from "../fault-server/index.ts";
import { eventually } from "../support/eventually.ts";
import { ask, notesSpeech, saidOn, setStage, visitChat, still, type Stage } from "./stage.ts";

let stage: Stage;

before(async () => {
  stage = await setStage({ assistant: "list-context", script: notesSpeech });
});
after(() => stage.close());

/** The names of the chips, each after the text before it. */
function chipsOn(page: Page): Promise<string[]> {
  return page
    .locator("rivulet-chat .citation")
    .evaluateAll((chips) =>
      chips.map((chip) => `${chip.closest("sup")?.previousSibling?.textContent} ${chip.ariaLabel}`),
    );
}

const wanted = ["Tea is served at four. Source 1: Tea", "Tea is served at four. Source 2: Cake"];

test("citations are chips while the answer is written, and cards at its end; a reload shows the same", async () => {
  const citations = [
    { index: 0, text: "Tea is served at four." },
    { index: 1, text: "Cake is served at five." },
  ];
  const answer = anthropicAnswer({ blocks: [{ text: ["Tea is ", "served at four."], citations, citesLast: true }] });
  stage.upstream.script(insertAfter(7, [{ hold: "end" }], answer)); // the answer continues after its citations
  const page = await visitChat(await stage.browser.newContext(still), stage.site);
  const requested: string[] = [];
  page.on("request", (request) => requested.push(new URL(request.url()).origin));
  await ask(page, "When is tea?");
  await eventually(async () => assert.deepEqual(await chipsOn(page), wanted));
  assert.equal(await page.locator("rivulet-chat [part~=sources]").count(), 0);
  stage.upstream.release("end");
  const cards = page.locator("rivulet-chat .card");
  await cards.nth(1).waitFor();
  assert.deepEqual(await cards.evaluateAll((all) => all.map((card) => card.getAttribute("href"))), [
    "https://example.com/tea",
    null, // the handbook has no address
  ]);
  await eventually(async () => assert.match(await saidOn(page), /at four\. 2 sources: Tea, Cake\.$/));
  await page.reload();
  await eventually(async () => assert.deepEqual(await chipsOn(page), wanted));
  await page.locator("rivulet-chat .citation").first().click();
  await page.locator("rivulet-chat .preview mark").getByText("Tea is served at four.").waitFor();
  // nothing of a source is requested
  assert.ok(requested.every((origin) => origin === stage.proxy.url || origin === stage.site.url));
  await page.close();
});
