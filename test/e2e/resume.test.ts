// Whatever happens to the connection or the page, the shown answer equals the upstream's, character for character,
// and the upstream is asked once.
import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import type { BrowserContext, Page } from "playwright-core";
import { anthropicAnswer } from "../fault-server/index.ts";
import { eventually } from "../support/eventually.ts";
import { shareContext } from "../support/shared-context.ts";
import {
  answerInParts,
  answerSlowly,
  answersOn,
  ask,
  lastWord,
  nextPart,
  openPanel,
  setStage,
  still,
  visit,
  visitChat,
  waitForAnswer,
  wholeAnswer,
} from "./stage.ts";
import type { Stage } from "./stage.ts";

let stage: Stage;
let context: BrowserContext;
let clear: () => Promise<void>;
let page: Page;

before(async () => {
  stage = await setStage();
  ({ context, clear } = await shareContext(stage, still));
});

afterEach(() => clear());

after(() => stage.close());

/** Begins an answer whose pieces arrive one by one while the test continues. */
async function begin(parts = 2): Promise<void> {
  answerInParts(stage.upstream, { parts, paceMs: 20 });
  page = await visit(context, stage.site);
  await openPanel(page);
  await ask(page, "When is tea?");
  await waitForAnswer(page, "word5 ");
}

async function finish(...pages: Page[]): Promise<void> {
  for (const each of pages) {
    await waitForAnswer(each, lastWord);
    await each.locator("rivulet-chat [part~=send]").waitFor();
    assert.deepEqual(await answersOn(each), [wholeAnswer]);
    assert.equal(await each.locator("rivulet-chat [part~=question]").count(), 1);
  }
  assert.equal(stage.upstream.requests.length, 1);
}

test("a reload during the answer", async () => {
  await begin();
  await page.reload();
  await waitForAnswer(page, "word5 ");
  assert.ok(!(await answersOn(page))[0]?.includes(lastWord), "the answer was still running");
  await nextPart(stage.upstream);
  await finish(page);
});

test("a reload keeps the newest question at the top", async () => {
  answerSlowly(stage.upstream, 0);
  page = await visitChat(context, stage.site);
  const send = page.locator("rivulet-chat [part~=send]");
  const question = page.locator("rivulet-chat [part~=question]").nth(1);
  const topOfQuestion = async () => (await question.boundingBox())?.y ?? NaN;
  await ask(page, "When is tea?");
  await send.waitFor();
  stage.upstream.script(anthropicAnswer({ text: ["At four."] }));
  await ask(page, "And coffee?");
  await waitForAnswer(page, "At four.");
  await send.waitFor();
  const before = await topOfQuestion();
  const area = await page.locator("rivulet-chat [part~=messages]").boundingBox();
  assert.ok(Math.abs(before - (area?.y ?? NaN)) < 40, `the question is at ${before}`);
  await page.reload();
  await waitForAnswer(page, "At four.");
  await eventually(async () => assert.ok(Math.abs((await topOfQuestion()) - before) < 2, `${await topOfQuestion()}`));
});

test("ten seconds offline", async () => {
  await begin();
  await context.setOffline(true);
  const client = await context.newCDPSession(page);
  await client.send("Network.emulateNetworkConditions", {
    offline: true,
    latency: 0,
    downloadThroughput: -1,
    uploadThroughput: -1,
  });
  stage.proxy.cut(); // with emulation alone, an open stream continues
  await page.locator("rivulet-chat").getByText("You're offline").first().waitFor();
  assert.equal(await page.locator("rivulet-chat .failure").count(), 0);
  await nextPart(stage.upstream);
  await sleep(10_000);
  await client.send("Network.emulateNetworkConditions", {
    offline: false,
    latency: 0,
    downloadThroughput: -1,
    uploadThroughput: -1,
  });
  await context.setOffline(false);
  await finish(page);
});

test("a connection that is killed, three times", async () => {
  await begin(4);
  for (const word of ["word7 ", "word15 ", "word23 "]) {
    await waitForAnswer(page, word);
    // The page may have the word from reading the conversation, with no stream open yet. Wait for a stream to cut.
    await eventually(() => stage.proxy.cut());
    await nextPart(stage.upstream);
  }
  await finish(page);
});

test("a second tab that is opened during the answer", async () => {
  await begin();
  const second = await visit(context, stage.site);
  await openPanel(second);
  await waitForAnswer(second, "word5 ");
  assert.ok(!(await answersOn(second))[0]?.includes(lastWord), "the answer was still running");
  await nextPart(stage.upstream);
  await finish(page, second);
});

test("a question that is sent offline, and a reload before the network is back", async () => {
  answerSlowly(stage.upstream, 0);
  page = await visitChat(context, stage.site);
  await context.setOffline(true);
  await ask(page, "Are you there?");
  await page.locator("rivulet-chat").getByText("Waiting for connection").waitFor();
  await context.setOffline(false);
  await finish(page);
});

test("a question without a response is posted again and attaches to the same turn", async () => {
  answerInParts(stage.upstream);
  page = await visitChat(context, stage.site);
  let posts = 0;
  await page.route("**/v1/messages", async (route) => {
    posts += 1;
    if (posts > 1) return route.continue();
    const { headers, postData } = { headers: route.request().headers(), postData: route.request().postData() };
    // The worker receives the question, but the page never gets the response.
    void fetch(route.request().url(), {
      method: "POST",
      headers: { ...headers, origin: stage.site.url },
      body: postData,
    });
    await stage.upstream.waitForRequests(1);
    await route.abort("connectionreset");
  });
  await ask(page, "When is tea?");
  await waitForAnswer(page, "word5 ");
  await nextPart(stage.upstream);
  await finish(page);
  assert.equal(posts, 2);
});
