// What a tab keeps and shows belongs to one visitor. After another person signs in to the site in the same browser, no
// page shows anything of the first visitor, not even for a single frame, and nothing that the first visitor typed is
// sent as the other person.
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, describe, test } from "node:test";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { identitySecret, userToken } from "../worker/support/user-token.ts";
import { eventually } from "../support/eventually.ts";
import { shareContext, type SharedContext } from "../support/shared-context.ts";
import { startBrowser } from "../support/site.ts";
import {
  answerSlowly,
  answersOn,
  ask,
  askAndWait,
  lastWord,
  openPanel,
  questionsOn,
  setStage,
  still,
  visitChat,
  waitForAnswer,
  wholeAnswer,
} from "./stage.ts";
import type { Stage } from "./stage.ts";

/**
 * Records the chat's text in `window.seen` in every frame. The first page of a tab records nothing until it is restored
 * from the back/forward cache: before, it cannot show anything of an earlier visitor, and each frame costs CPU time.
 */
const notesFrames = `{
  const note = () => {
    const chat = document.querySelector("rivulet-chat")?.shadowRoot;
    const input = chat?.querySelector("[part=input]");
    const text = [chat?.textContent, input?.value].join(" ");
    if (text !== window.seen.at(-1)) window.seen.push(text);
    requestAnimationFrame(note);
  };
  let isNoting = false;
  const isFirst = sessionStorage.wasVisited === undefined;
  addEventListener("pageshow", ({ persisted }) => {
    window.wasKept = persisted;
    window.seen = [];
    sessionStorage.wasVisited = true;
    if (isNoting || (isFirst && !persisted)) return; // a page from the cache is still recording
    isNoting = true;
    requestAnimationFrame(note);
  });
  addEventListener("pagehide", () => (window.wasKept = undefined));
}`;

let stage: Stage;
let shared: SharedContext;
let context: BrowserContext;
let page: Page;

before(async () => {
  const script = `
    const site = new URLSearchParams(location.search);
    window.rivulet = { bringAlong: site.has("bring-along") };
    rivulet.getUserToken = async () => localStorage.getItem("site-user") ?? undefined;`;
  stage = await setStage({ script, variables: { IDENTITY_SECRET: identitySecret } });
  await useContextOf(stage.browser);
});

after(() => stage.close());

/** Opens the context of the following tests. */
async function useContextOf(browser: Browser): Promise<void> {
  shared = await shareContext({ browser, site: stage.site }, still);
  ({ context } = shared);
  await context.addInitScript(notesFrames);
}

beforeEach(() => answerSlowly(stage.upstream, 0));

afterEach(() => shared.clear());

const input = (tab: Page) => tab.locator("rivulet-chat [part~=input]");

/**
 * Sets who is signed in on the site. The chat learns of it when it next asks the site.
 * @param sub undefined if nobody is signed in
 */
async function siteSays(tab: Page, sub: string | undefined): Promise<void> {
  const token = sub === undefined ? undefined : userToken(sub, { claims: { aud: "anthropic" } });
  await tab.evaluate(
    (value) => (value === undefined ? localStorage.removeItem("site-user") : localStorage.setItem("site-user", value)),
    token,
  );
}

/**
 * Opens the chat, asks a question and types a draft.
 * @param sub the person who is signed in; undefined for an anonymous visitor
 */
async function visitAs(sub: string | undefined, path?: string): Promise<Page> {
  if (sub !== undefined) {
    const setup = await context.newPage();
    await setup.goto(`${stage.site.url}/kept`); // a page without a chat
    await siteSays(setup, sub);
    await setup.close();
  }
  const tab = await visitChat(context, stage.site, path);
  await askAndWait(tab, "A private question");
  await input(tab).fill("A private thought");
  return tab;
}

/** In another tab, signs the first person out, signs another one in, and asks a question. */
async function changePerson(sub: string): Promise<void> {
  const other = await visitChatElsewhere();
  await signOut(other);
  await siteSays(other, sub);
  await askAndWait(other, "And cake?");
}

async function signOut(tab: Page): Promise<void> {
  await siteSays(tab, undefined);
  await tab.evaluate(`document.querySelector("rivulet-chat").reset()`);
  await tab.locator("rivulet-chat .welcome:not(.loading)").waitFor();
}

/** Opens another tab, which continues the conversation. */
async function visitChatElsewhere(): Promise<Page> {
  const tab = await context.newPage();
  await tab.goto(stage.site.url);
  await openPanel(tab);
  await waitForAnswer(tab, lastWord);
  return tab;
}

/** Leaves for a page without a chat. */
const leave = (tab: Page) => tab.goto(`${stage.worker.url}/v1/health`);

/** @param isKept whether the page is expected to come from the back/forward cache */
async function goBack(tab: Page, isKept: boolean): Promise<void> {
  await tab.bringToFront(); // a background tab has one frame per second
  await tab.goBack({ waitUntil: "commit" });
  await tab.waitForFunction("window.wasKept !== undefined");
  assert.equal(await tab.evaluate("window.wasKept"), isKept);
}

/**
 * Asserts that the chat shows these questions of the second person, that no recorded frame showed anything of the first
 * one, and that the tab's storage has nothing of the first person.
 */
async function showsOnly(tab: Page, questions: readonly string[]): Promise<void> {
  await tab.waitForFunction(`window.seen.length > 0 && document.querySelector("rivulet-chat")?.shadowRoot`);
  await eventually(async () => assert.deepEqual(await questionsOn(tab), questions));
  for (const text of await tab.evaluate<string[]>("window.seen")) assert.doesNotMatch(text, /private/);
  assert.doesNotMatch(await tab.evaluate(() => JSON.stringify({ ...sessionStorage })), /private/);
}

async function goBackAfterChange(isKept: boolean): Promise<void> {
  page = await visitAs("ada");
  if (!isKept) await page.evaluate(`void addEventListener("unload", () => {})`); // keeps the page out of the cache
  await leave(page);
  await changePerson("berta");
  await goBack(page, isKept);
  await showsOnly(page, ["And cake?"]);
  assert.deepEqual(await answersOn(page), [wholeAnswer]);
}

test("back to the first person's page, which is loaded again", () => goBackAfterChange(false));

test("a question that the first person could not send is never sent as the second person", async () => {
  page = await visitAs("emma");
  await page.route("**/v1/messages", () => undefined); // the question never arrives
  await ask(page, "A private question, too");
  await page.unroute("**/v1/messages");
  await leave(page);
  await changePerson("frida");
  const asked = stage.upstream.requests.length;
  await page.bringToFront();
  await page.goto(stage.site.url); // loaded again, with what the tab has kept
  await openPanel(page);
  await showsOnly(page, ["And cake?"]);
  await askAndWait(page, "And coffee?");
  assert.equal(stage.upstream.requests.length, asked + 1);
  assert.doesNotMatch(stage.upstream.requests.at(-1)?.text ?? "", /private/);
});

/** Makes the session that the tabs share expire, so that the next request renews it. */
const expireSession = (tab: Page) =>
  tab.evaluate(() => {
    for (const [key, value] of Object.entries({ ...localStorage })) {
      if (!key.startsWith("rivulet-chat:session:")) continue;
      localStorage.setItem(key, JSON.stringify({ ...JSON.parse(String(value)), expiresAt: 0 }));
    }
  });

test("the site names somebody else when the session is renewed: every open tab drops what is not theirs", async () => {
  page = await visitAs("gerda");
  const second = await visitChatElsewhere();
  await page.locator("rivulet-chat").getByRole("button", { name: "Conversations" }).click();
  await page.locator("rivulet-chat .entry-open").first().waitFor();
  await page.locator("rivulet-chat .list-back").click();
  const asked = stage.upstream.requests.length;
  await siteSays(page, "hanna");
  await expireSession(page);
  await ask(page, "A private question, too");
  for (const tab of [page, second]) {
    await tab.locator("rivulet-chat .welcome:not(.loading)").waitFor();
    const kept = await tab.evaluate<string>(`[
      document.querySelector("rivulet-chat").shadowRoot.textContent,
      document.querySelector("rivulet-chat").shadowRoot.querySelector("[part=input]").value,
      JSON.stringify({ ...sessionStorage }),
    ].join(" ")`);
    assert.doesNotMatch(kept, /private|word\d/);
  }
  assert.equal(stage.upstream.requests.length, asked, "nothing was sent as somebody else");
  await askAndWait(page, "And cake?");
  await eventually(async () => assert.deepEqual(await questionsOn(second), ["And cake?"]));
});

test("a person signs in without bring-along: their other tabs drop what the anonymous visitor had", async () => {
  page = await visitAs(undefined);
  const second = await visitChatElsewhere();
  await siteSays(second, "ida");
  await second.reload();
  await second.locator("rivulet-chat .welcome:not(.loading)").waitFor();
  await page.locator("rivulet-chat .welcome:not(.loading)").waitFor();
  assert.equal(await input(page).inputValue(), "");
});

describe("with a back/forward cache", () => {
  let browser: Browser;

  before(async () => {
    browser = await startBrowser({ hasBackForwardCache: true });
    await useContextOf(browser);
  });

  after(() => browser.close());

  test("back to the first person's page, which is kept", () => goBackAfterChange(true));

  test("what the second person wrote in the same tab is there after going back to the first person's page", async () => {
    page = await visitAs("carla");
    await page.getByRole("link", { name: "Other page" }).click();
    await page.waitForURL("**/other");
    await waitForAnswer(page, lastWord);
    await signOut(page);
    await siteSays(page, "dora");
    await openPanel(page);
    await askAndWait(page, "And cake?");
    await input(page).fill("And coffee");
    await goBack(page, true);
    await showsOnly(page, ["And cake?"]);
    assert.equal(await input(page).inputValue(), "And coffee");
  });

  test("a person signs in with bring-along: their other tabs keep the conversation and the draft", async () => {
    page = await visitAs(undefined, "/?bring-along");
    await leave(page);
    const second = await context.newPage();
    await second.goto(`${stage.site.url}/?bring-along`);
    await siteSays(second, "jana");
    await second.reload();
    await openPanel(second);
    await waitForAnswer(second, lastWord);
    await goBack(page, true);
    await eventually(async () => assert.deepEqual(await questionsOn(page), ["A private question"]));
    assert.equal(await input(page).inputValue(), "A private thought");
    await askAndWait(page, "And cake?");
    await eventually(async () => assert.deepEqual(await questionsOn(second), ["A private question", "And cake?"]));
  });
});
