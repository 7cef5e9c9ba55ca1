// Through a real worker a screen reader hears each part of an answer once, in words, a reload included.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { BrowserContext, Page } from "playwright-core";
import { anthropicAnswer, slowly } from "../fault-server/index.ts";
import { fullAnswer, fullAnswerAnnounced } from "../widget/support/full-answer.ts";
import { ask, eventually, openPanel, setStage, visit } from "./stage.ts";
import type { Stage } from "./stage.ts";

const patienceMs = 40_000;

let stage: Stage;
let context: BrowserContext;

before(async () => {
  const script = `window.rivulet = { announce: new URL(location.href).searchParams.get("announce") };`;
  stage = await setStage({ script });
});

after(() => stage.close());

function answerAtPace(paceMs: number): void {
  stage.upstream.reset();
  const text = fullAnswer.match(/[^]{1,6}/g) ?? [];
  stage.upstream.script(() => slowly(paceMs, anthropicAnswer({ text })));
}

async function begin(paceMs: number, path = "/"): Promise<Page> {
  answerAtPace(paceMs);
  context = await stage.browser.newContext();
  const page = await visit(context, stage.site, path);
  await openPanel(page);
  await page.evaluate(listening);
  await ask(page, "How do I brew tea?");
  return page;
}

/** Notes from now on, in the page, what the polite live region says. */
const listening = `{
  const region = document.querySelector("rivulet-chat").shadowRoot.querySelector("[aria-live=polite]");
  window.said = [];
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes) for (const { textContent } of addedNodes) said.push(textContent);
  }).observe(region, { childList: true });
}`;

async function said(page: Page): Promise<string> {
  const words = await page.evaluate<string>(`said.join(" ")`);
  return words.replace("The assistant is typing… ", "");
}

async function hear(page: Page, words: string): Promise<void> {
  await eventually(async () => (await said(page)).includes(words), patienceMs);
}

test("an answer that comes quickly", async () => {
  const page = await begin(5);
  await hear(page, "The end.");
  assert.equal(await said(page), fullAnswerAnnounced.join(" "));
  await context.close();
});

test("a reload in mid-answer", async () => {
  const page = await begin(100);
  await hear(page, "Boil water.");
  const before = await said(page);
  await page.reload();
  await openPanel(page);
  await page.evaluate(listening);
  await hear(page, "The end.");
  assert.equal(`${before} ${await said(page)}`, fullAnswerAnnounced.join(" "));
  await context.close();
});

test("a script tag that wants no answers said", async () => {
  const page = await begin(5, "/?announce=off");
  await hear(page, "ready.");
  assert.equal(await said(page), "Answer ready.");
  await context.close();
});
