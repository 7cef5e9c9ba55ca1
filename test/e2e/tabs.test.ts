// Changes in one tab appear in the other. A page navigation keeps the open panel and the draft. A visitor who signs in
// on another device finds the same conversations. After reset(), no tab of the browser has anything left.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Locator, Page } from "playwright-core";
import { identitySecret, userToken } from "../worker/support/user-token.ts";
import { eventually } from "../support/eventually.ts";
import {
  answerInParts,
  answerSlowly,
  answersOn,
  ask,
  lastWord,
  nextPart,
  openPanel,
  setStage,
  visit,
  visitChat,
  waitForAnswer,
  wholeAnswer,
  still,
} from "./stage.ts";
import type { Stage } from "./stage.ts";

const figures: string[] = [];

let stage: Stage;

before(async () => {
  const script = `window.rivulet = { getUserToken: async () => localStorage.getItem("site-user") ?? undefined };`;
  stage = await setStage({ script, variables: { IDENTITY_SECRET: identitySecret } });
});

after(async () => {
  console.log(figures.join("\n"));
  await stage.close();
});

/**
 * Waits until something appears in an idle tab, and records how long that took. Only a message from the other tab can
 * cause it, because a tab does not poll the worker.
 */
async function arrives(name: string, isShown: () => Promise<boolean>): Promise<void> {
  const start = performance.now();
  await eventually(isShown);
  figures.push(`${name}: ${Math.round(performance.now() - start)} ms`);
}

const titles = (page: Page) => page.locator("rivulet-chat .entry-open span").allTextContents();

/**
 * Clicks a button without the pointer. For a real click, Playwright would wait until the button is stable, which takes
 * long in a background tab: it draws one frame per second.
 */
const press = (button: Locator) => button.dispatchEvent("click");

async function openList(page: Page): Promise<void> {
  await press(page.locator("rivulet-chat").getByRole("button", { name: "Conversations" }));
  await page.locator("rivulet-chat .entry-open").first().waitFor();
}

test("messages, a stop, the list, renaming and deleting appear in the other tab", async () => {
  answerInParts(stage.upstream);
  const context = await stage.browser.newContext(still);
  const [one, two] = [await visitChat(context, stage.site), await visitChat(context, stage.site)];

  await ask(one, "When is tea?");
  await waitForAnswer(one, "word0");
  await arrives("a question", async () => (await two.locator("rivulet-chat [part~=question]").count()) === 1);
  await waitForAnswer(two, "word3 ");

  await press(one.locator("rivulet-chat [part~=stop]"));
  await one.getByText("Stopped.").first().waitFor();
  await arrives("a stop", () => two.locator("rivulet-chat .notice", { hasText: "Stopped." }).isVisible());
  assert.deepEqual(await answersOn(two), await answersOn(one));

  await openList(two);
  assert.deepEqual(await titles(two), ["When is tea?"]);
  await openList(one);
  await press(one.getByRole("button", { name: "Rename: When is tea?" }));
  await one.locator("rivulet-chat .task input").fill("About tea");
  await press(one.getByRole("button", { name: "Save" }));
  await eventually(async () => (await titles(one))[0] === "About tea");
  await arrives("a rename", async () => (await titles(two))[0] === "About tea");

  await press(one.locator("rivulet-chat .list-back"));
  await press(one.getByRole("button", { name: "New conversation" }));
  await ask(one, "And cake?");
  await waitForAnswer(one, "word0");
  await arrives("a new conversation in the list", async () => (await titles(two))[0] === "And cake?");
  await press(one.locator("rivulet-chat [part~=stop]"));

  await openList(one);
  await press(one.getByRole("button", { name: "Delete: About tea" }));
  await press(one.getByRole("button", { name: "Delete", exact: true }));
  await eventually(async () => (await titles(one)).length === 1);
  await arrives("a deletion", async () => (await titles(two)).length === 1);
  await two.locator("rivulet-chat .list-back").click();
  assert.equal(await two.locator("rivulet-chat [part~=question]").count(), 0);
  await context.close();
});

test("a page navigation keeps the open panel, the draft and the running answer, and a closed chat stays closed", async () => {
  answerInParts(stage.upstream);
  const context = await stage.browser.newContext(still);
  const page = await visit(context, stage.site);
  await openPanel(page);
  await ask(page, "When is tea?");
  await waitForAnswer(page, "word2 ");
  await page.locator("rivulet-chat [part~=input]").fill("And then");
  await page.getByRole("link", { name: "Other page" }).click();
  await page.waitForURL("**/other");
  await waitForAnswer(page, "word2 ");
  assert.equal(await page.locator("rivulet-chat [part~=input]").inputValue(), "And then");
  await nextPart(stage.upstream);
  await waitForAnswer(page, lastWord);
  await page.goBack();
  await waitForAnswer(page, lastWord);
  assert.deepEqual(await answersOn(page), [wholeAnswer]);
  assert.equal(stage.upstream.requests.length, 1);
  await page.locator("rivulet-chat [part~=launcher]").click();
  await page.reload();
  await page.locator("rivulet-chat [part~=launcher]").waitFor();
  assert.equal(await page.locator("rivulet-chat [part~=panel]").isVisible(), false);
  await context.close();
});

test("two browsers of one person see the same conversations, and after reset() nothing is left in any tab", async () => {
  answerSlowly(stage.upstream, 0);
  const contexts = [await stage.browser.newContext(still), await stage.browser.newContext(still)];
  const token = userToken("ada", { claims: { aud: "anthropic" } });
  for (const context of contexts) {
    await context.addInitScript((value) => {
      if (!sessionStorage.getItem("signed-out")) localStorage.setItem("site-user", value);
    }, token);
  }
  const [home, phone] = await Promise.all(contexts.map((context) => visit(context, stage.site)));
  assert.ok(home && phone);
  await openPanel(home);
  await ask(home, "A private question");
  await waitForAnswer(home, lastWord);
  await openPanel(phone);
  await openList(phone);
  assert.deepEqual(await titles(phone), ["A private question"]);
  await phone.locator("rivulet-chat .entry-open").click();
  await waitForAnswer(phone, lastWord);

  const second = await visit(contexts[0] ?? home.context(), stage.site);
  await openPanel(second);
  await waitForAnswer(second, lastWord);
  await home.evaluate(`
    sessionStorage.setItem("signed-out", "yes");
    localStorage.removeItem("site-user");
    document.querySelector("rivulet-chat").reset();
  `);
  for (const tab of [home, second]) {
    await arrives("a sign-out", async () => (await tab.locator("rivulet-chat [part~=message]").count()) === 0);
    const kept = await tab.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
    assert.ok(!kept.includes("private") && !kept.includes("rivulet-chat:session"), kept);
  }
  await home.reload();
  await openPanel(home);
  await home.locator("rivulet-chat .welcome:not(.loading)").waitFor();
  assert.equal(await home.locator("rivulet-chat [part~=message]").count(), 0);
  for (const context of contexts) await context.close();
});
