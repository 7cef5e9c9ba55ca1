// A duplicated tab shows the same conversation and follows it, whichever tab a question is asked in. No question is
// asked twice, no draft is overwritten, and nothing is announced twice. Tabs that start at the same moment are one
// visitor.
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, test } from "node:test";
import type { BrowserContext, Page } from "playwright-core";
import { fullAnswer, fullAnswerAnnounced } from "../widget/support/full-answer.ts";
import { eventually } from "../support/eventually.ts";
import { shareContext } from "../support/shared-context.ts";
import {
  answerInParts,
  answerSlowly,
  answersOn,
  ask,
  lastWord,
  nextPart,
  notesSpeech,
  questionsOn,
  saidOn,
  setStage,
  visitChat,
  waitForAnswer,
  wholeAnswer,
  still,
} from "./stage.ts";
import type { Stage } from "./stage.ts";

let stage: Stage;
let context: BrowserContext;
let clear: () => Promise<void>;
let page: Page;

before(async () => {
  stage = await setStage();
  ({ context, clear } = await shareContext(stage, still));
  await context.addInitScript(notesSpeech);
});

after(() => stage.close());

beforeEach(async () => {
  page = await visitChat(context, stage.site);
});

afterEach(() => clear());

const input = (tab: Page) => tab.locator("rivulet-chat [part~=input]");

/** Does what "duplicate tab" does: the new tab starts with a copy of this tab's session storage. */
async function duplicate(): Promise<Page> {
  const opened = page.waitForEvent("popup");
  await page.evaluate("void window.open(location.href)");
  const second = await opened;
  await input(second).waitFor(); // the panel is open, as in the first tab
  return second;
}

async function ended(tab: Page, answers: readonly string[]): Promise<void> {
  await eventually(async () => (await answersOn(tab)).join("|") === answers.join("|"));
  await tab.locator("rivulet-chat [part~=send]").waitFor();
}

test("during an answer: both tabs follow it, and a question asked in either tab appears in the other", async () => {
  answerInParts(stage.upstream);
  await ask(page, "When is tea?");
  await waitForAnswer(page, "word3 ");
  const second = await duplicate();
  await waitForAnswer(second, "word5 ");
  for (const tab of [page, second]) assert.ok(!(await answersOn(tab))[0]?.includes(lastWord), "it was still running");
  await nextPart(stage.upstream);
  for (const tab of [page, second]) await ended(tab, [wholeAnswer]);
  assert.equal(stage.upstream.requests.length, 1);

  await ask(second, "And cake?");
  await eventually(async () => (await questionsOn(page)).length === 2);
  await eventually(async () => (await answersOn(page))[1]?.includes("word3 ") === true);
  assert.ok(!(await answersOn(page))[1]?.includes(lastWord), "it was still running");
  await nextPart(stage.upstream);
  for (const tab of [page, second]) await ended(tab, [wholeAnswer, wholeAnswer]);
  for (const tab of [page, second]) assert.deepEqual(await questionsOn(tab), ["When is tea?", "And cake?"]);
  assert.equal(stage.upstream.requests.length, 2);
});

test("each tab has its own draft, which the other tab's messages and reloads do not change", async () => {
  answerSlowly(stage.upstream, 0);
  await ask(page, "When is tea?");
  await ended(page, [wholeAnswer]);
  await input(page).fill("From the first");
  const second = await duplicate();
  await eventually(async () => (await input(second).inputValue()) === "From the first");
  await input(second).fill("From the second");
  await input(second).press("Enter");
  for (const tab of [page, second]) await ended(tab, [wholeAnswer, wholeAnswer]);
  await input(second).fill("Later");
  for (const [tab, draft] of [
    [page, "From the first"],
    [second, "Later"],
  ] as const) {
    assert.equal(await input(tab).inputValue(), draft);
    await tab.reload();
    await eventually(async () => (await input(tab).inputValue()) === draft);
  }
});

test("a question that waits for the network in both tabs is asked once", async () => {
  answerSlowly(stage.upstream, 0);
  await ask(page, "When is tea?");
  await ended(page, [wholeAnswer]);
  await context.route("**/v1/messages", (route) => route.abort("connectionreset"));
  await ask(page, "And cake?");
  const second = await duplicate();
  await eventually(async () => (await questionsOn(second)).length === 2);
  await context.unroute("**/v1/messages");
  for (const tab of [page, second]) await ended(tab, [wholeAnswer, wholeAnswer]);
  for (const tab of [page, second]) assert.deepEqual(await questionsOn(tab), ["When is tea?", "And cake?"]);
  assert.equal(stage.upstream.requests.length, 2);
});

test("the duplicate announces only what the first tab has not announced yet", async () => {
  answerInParts(stage.upstream, { text: fullAnswer.match(/[^]{1,6}/g) ?? [] });
  await ask(page, "How do I brew tea?");
  await eventually(async () => (await saidOn(page)).includes("Boil water."));
  const second = await duplicate();
  await nextPart(stage.upstream);
  await eventually(async () => (await saidOn(second)).includes("The end."));
  assert.equal(await saidOn(second), fullAnswerAnnounced.join(" "));
});

test("two tabs that send their first questions at the same time are one visitor", async () => {
  answerSlowly(stage.upstream, 0);
  const second = await visitChat(context, stage.site);
  let letGo = () => undefined as void;
  const held = new Promise<void>((resolve) => (letGo = resolve));
  await page.route("**/v1/sessions", async (route) => {
    const response = await route.fetch();
    await held;
    await route.fulfill({ response });
  });
  await ask(page, "When is tea?");
  await ask(second, "And cake?");
  await ended(second, [wholeAnswer]);
  letGo();
  await ended(page, [wholeAnswer]);
  for (const tab of [page, second]) {
    await tab.reload();
    await ended(tab, [wholeAnswer]);
  }
  await page.locator("rivulet-chat").getByRole("button", { name: "Conversations" }).click();
  await eventually(async () => (await page.locator("rivulet-chat .entry-open").count()) === 2);
});
