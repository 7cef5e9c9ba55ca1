// With a real worker, a screen reader hears each part of an answer once, in words, even when the page is reloaded.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { BrowserContext, Page } from "playwright-core";
import { anthropicAnswer, slowly } from "../fault-server/index.ts";
import { fullAnswer, fullAnswerAnnounced } from "../widget/support/full-answer.ts";
import { eventually } from "../support/eventually.ts";
import { ask, notesSpeech, openPanel, saidOn, setStage, visit } from "./stage.ts";
import type { Stage } from "./stage.ts";

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
  await context.addInitScript(notesSpeech);
  const page = await visit(context, stage.site, path);
  await openPanel(page);
  await ask(page, "How do I brew tea?");
  return page;
}

async function hear(page: Page, words: string): Promise<void> {
  await eventually(async () => assert.ok((await saidOn(page)).includes(words), await saidOn(page)));
}

test("a fast answer", async () => {
  const page = await begin(5);
  await hear(page, "The end.");
  assert.equal(await saidOn(page), fullAnswerAnnounced.join(" "));
  await context.close();
});

test("a reload during the answer", async () => {
  const page = await begin(100);
  await hear(page, "Boil water.");
  await page.reload();
  await openPanel(page);
  await hear(page, "The end.");
  assert.equal(await saidOn(page), fullAnswerAnnounced.join(" "));
  await context.close();
});

test("a script tag that turns answer announcements off", async () => {
  const page = await begin(5, "/?announce=off");
  await hear(page, "ready.");
  assert.equal(await saidOn(page), "Answer ready.");
  await context.close();
});
