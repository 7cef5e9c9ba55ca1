// A visitor follows a link and returns with the Back button. They find what they left and what they did in the
// meantime, whether the browser kept the page or loads it again. If they signed out in the meantime, they find nothing.
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, describe, test } from "node:test";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { eventually } from "../support/eventually.ts";
import { shareContext, type SharedContext } from "../support/shared-context.ts";
import { startBrowser } from "../support/site.ts";
import {
  answerInParts,
  answerSlowly,
  answersOn,
  ask,
  lastWord,
  nextPart,
  questionsOn,
  setStage,
  still,
  visitChat,
  waitForAnswer,
  wholeAnswer,
} from "./stage.ts";
import type { Stage } from "./stage.ts";

let stage: Stage;
let shared: SharedContext;
let context: BrowserContext;
let page: Page;

before(async () => {
  stage = await setStage();
  await useContextOf(stage.browser);
});

after(() => stage.close());

/** Opens the context of the following tests. */
async function useContextOf(browser: Browser): Promise<void> {
  shared = await shareContext({ browser, site: stage.site }, still);
  ({ context } = shared);
  await context.addInitScript(`
    addEventListener("pageshow", ({ persisted }) => (window.wasKept = persisted));
    addEventListener("pagehide", () => (window.wasKept = undefined));
  `);
}

beforeEach(async () => {
  page = await visitChat(context, stage.site);
});

afterEach(() => shared.clear());

const input = () => page.locator("rivulet-chat [part~=input]");

async function followLink(): Promise<void> {
  await page.getByRole("link", { name: "Other page" }).click();
  await page.waitForURL("**/other");
  await page.locator("rivulet-chat [part~=input]").waitFor();
}

/** @param isKept whether the page is expected to come from the back/forward cache */
async function goBack(isKept = true): Promise<void> {
  await page.goBack({ waitUntil: "commit" });
  await eventually(() => page.url() === `${stage.site.url}/`);
  await page.waitForFunction("window.wasKept !== undefined");
  const [navigation] = await page.evaluate<unknown[]>(`performance.getEntriesByType("navigation")
    .map(({ notRestoredReasons }) => JSON.stringify(notRestoredReasons?.reasons))`);
  assert.equal(await page.evaluate("window.wasKept"), isKept, String(navigation));
}

async function finish(): Promise<void> {
  await waitForAnswer(page, lastWord);
  await page.locator("rivulet-chat [part~=send]").waitFor();
  assert.deepEqual(await questionsOn(page), ["When is tea?"]);
  assert.deepEqual(await answersOn(page), [wholeAnswer]);
  assert.equal(stage.upstream.requests.length, 1);
}

async function goBackDuringAnswer(isKept: boolean): Promise<void> {
  answerInParts(stage.upstream);
  if (!isKept) await page.evaluate(`void addEventListener("unload", () => {})`); // keeps the page out of the cache
  await ask(page, "When is tea?");
  await waitForAnswer(page, "word3 ");
  await input().fill("And then");
  await followLink();
  await waitForAnswer(page, "word5 ");
  await goBack(isKept);
  await waitForAnswer(page, "word8 ");
  assert.ok(!(await answersOn(page))[0]?.includes(lastWord), "the answer was still running");
  await nextPart(stage.upstream);
  await finish();
  assert.equal(await input().inputValue(), "And then");
  const second = await visitChatAgain();
  await ask(page, "And cake?");
  await eventually(async () => (await second.locator("rivulet-chat [part~=question]").count()) === 2); // by BroadcastChannel
}

/** Opens another tab, which shows the conversation. */
async function visitChatAgain(): Promise<Page> {
  const second = await context.newPage();
  await second.goto(stage.site.url);
  await second.locator("rivulet-chat [part~=launcher]").click();
  await waitForAnswer(second, lastWord);
  return second;
}

async function visitChatElsewhere(): Promise<Page> {
  const second = await context.newPage();
  await second.goto(stage.site.url);
  await second.locator("rivulet-chat [part~=launcher]").click();
  await waitForAnswer(second, "word3 ");
  return second;
}

test("back during an answer, to a page that is loaded again", () => goBackDuringAnswer(false));

test("a request that was in flight while signing out begins no new session", async () => {
  answerSlowly(stage.upstream, 0);
  await ask(page, "A private question");
  await waitForAnswer(page, lastWord);
  const isHeld = Promise.withResolvers<void>();
  const release = Promise.withResolvers<void>();
  const answered = page.waitForResponse((response) => response.status() === 401);
  await page.route("**/v1/conversations/*", async (route) => {
    isHeld.resolve();
    await release.promise;
    await route.continue();
  });
  await followLink();
  await isHeld.promise;
  await page.evaluate(`document.querySelector("rivulet-chat").reset()`);
  release.resolve();
  await answered;
  await page.waitForTimeout(1000); // time for a new session, which must not begin
  assert.deepEqual(await page.evaluate("Object.keys(localStorage)"), []);
});

describe("with a back/forward cache", () => {
  let browser: Browser;

  before(async () => {
    browser = await startBrowser({ hasBackForwardCache: true });
    await useContextOf(browser);
  });

  after(() => browser.close());

  test("back during an answer, to a page that is kept", () => goBackDuringAnswer(true));

  test("a question that was being sent is asked once", async () => {
    answerInParts(stage.upstream);
    await page.route("**/v1/messages", () => undefined); // the question never arrives
    await ask(page, "When is tea?");
    await page.unroute("**/v1/messages");
    await followLink();
    await waitForAnswer(page, "word5 ");
    await goBack();
    await nextPart(stage.upstream);
    await finish();
  });

  test("a draft written on the next page and a message sent there are both kept", async () => {
    answerSlowly(stage.upstream, 0);
    await ask(page, "When is tea?");
    await waitForAnswer(page, lastWord);
    await input().fill("An old thought");
    await followLink();
    await input().fill("A better one");
    await goBack();
    await eventually(async () => (await input().inputValue()) === "A better one");
    await followLink();
    await context.setOffline(true);
    await input().press("Enter");
    await page.locator("rivulet-chat").getByText("Waiting for connection").waitFor();
    await goBack();
    await page.locator("rivulet-chat").getByText("A better one").waitFor();
    assert.equal((await answersOn(page))[0], wholeAnswer, "the stored messages are shown without a network");
    assert.equal(await input().inputValue(), "");
    await context.setOffline(false);
    await eventually(async () => (await answersOn(page))[1] === wholeAnswer);
    assert.deepEqual(await questionsOn(page), ["When is tea?", "A better one"]);
    assert.equal(stage.upstream.requests.length, 2);
  });

  test("a conversation that was started on the next page is shown, and its answer continues", async () => {
    answerInParts(stage.upstream);
    await ask(page, "And cake?");
    await waitForAnswer(page, "word3 ");
    await followLink();
    await page.getByRole("button", { name: "New conversation" }).click();
    answerInParts(stage.upstream);
    await ask(page, "When is tea?");
    await waitForAnswer(page, "word3 ");
    await goBack();
    await nextPart(stage.upstream);
    await finish();
  });

  test("nothing is left after signing out on the next page or in another tab", async () => {
    answerInParts(stage.upstream); // each answer is still running when the visitor signs out
    for (const isElsewhere of [false, true]) {
      await ask(page, "A private question");
      await waitForAnswer(page, "word3 ");
      await input().fill("A private thought");
      if (isElsewhere) await page.goto(`${stage.worker.url}/v1/health`); // a page without a chat
      else await followLink();
      const where = isElsewhere ? await visitChatElsewhere() : page;
      await where.evaluate(`document.querySelector("rivulet-chat").reset()`);
      await goBack();
      await page.locator("rivulet-chat .welcome").waitFor();
      assert.deepEqual([await questionsOn(page), await answersOn(page), await input().inputValue()], [[], [], ""]);
    }
  });
});
