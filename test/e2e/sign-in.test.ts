// Messages from before the sign-in belong to the signed-in visitor afterwards, on every device, if the site asks for
// that. Otherwise nobody can read them. Both hold whether the site reloads the page or signs the visitor in on the
// open page.
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, describe, test } from "node:test";
import type { BrowserContext, Page } from "playwright-core";
import { routes, type ConversationList } from "../../protocol/index.ts";
import { identitySecret, userToken } from "../worker/support/user-token.ts";
import { jsonOf, TestVisitor } from "../support/client.ts";
import { eventually } from "../support/eventually.ts";
import { shareContext } from "../support/shared-context.ts";
import {
  answerInParts,
  answerSlowly,
  answersOn,
  ask,
  askAndWait,
  lastWord,
  openPanel,
  questionsOn,
  setStage,
  visit,
  visitChat,
  waitForAnswer,
  wholeAnswer,
  still,
} from "./stage.ts";
import type { Stage } from "./stage.ts";

const operatorSecret = "only-the-operator-and-the-worker-know-this";

let stage: Stage;
let context: BrowserContext;
let clear: () => Promise<void>;

before(async () => {
  const script = `
    const site = new URLSearchParams(location.search);
    window.rivulet = { bringAlong: site.has("bring-along") };
    if (!site.has("late")) rivulet.getUserToken = async () => localStorage.getItem("site-user") ?? undefined;`;
  stage = await setStage({ script, variables: { IDENTITY_SECRET: identitySecret, OPERATOR_SECRET: operatorSecret } });
  ({ context, clear } = await shareContext(stage, still));
});

after(() => stage.close());

beforeEach(() => answerSlowly(stage.upstream, 0));

afterEach(() => clear());

const tokenOf = (sub: string) => userToken(sub, { claims: { aud: "anthropic" } });

/** Signs in as on a site that reloads the page afterwards. */
async function signIn(page: Page, sub: string): Promise<void> {
  await page.evaluate((token) => localStorage.setItem("site-user", token), tokenOf(sub));
  await page.reload();
  await openPanel(page);
}

/** The titles of the conversations that a person finds on another device. */
async function titlesElsewhere(sub: string): Promise<string[]> {
  const device = await TestVisitor.arrive(stage.worker.url, "anthropic", stage.site.url, tokenOf(sub));
  const { conversations }: ConversationList = await jsonOf(device.send(routes.conversations));
  return conversations.map(({ title }) => title);
}

test("with bring-along the conversation continues under the visitor's name, and the model gets its history", async () => {
  const page = await visitChat(context, stage.site, "/?bring-along");
  await askAndWait(page, "When is tea?");
  await page.locator("rivulet-chat [part~=input]").fill("And");
  await signIn(page, "ada");
  await eventually(async () => (await answersOn(page)).join() === wholeAnswer);
  assert.deepEqual(await questionsOn(page), ["When is tea?"]);
  assert.equal(await page.locator("rivulet-chat [part~=input]").inputValue(), "And");
  await askAndWait(page, "And cake?");
  const sent = stage.upstream.requests.at(-1)?.text ?? "";
  for (const words of ["When is tea?", lastWord, "And cake?"]) assert.ok(sent.includes(words), words);
  assert.deepEqual(await titlesElsewhere("ada"), ["When is tea?"]);
  assert.deepEqual(await titlesElsewhere("berta"), []);
});

test("without bring-along the visitor starts over, and nobody can read the earlier messages", async () => {
  const page = await visitChat(context, stage.site);
  await askAndWait(page, "When is tea?");
  await signIn(page, "carla");
  await page.locator("rivulet-chat .welcome:not(.loading)").waitFor();
  assert.deepEqual([await questionsOn(page), await answersOn(page)], [[], []]);
  await askAndWait(page, "And cake?");
  assert.ok(!stage.upstream.requests.at(-1)?.text.includes("When is tea?"));
  assert.deepEqual(await titlesElsewhere("carla"), ["And cake?"]);
});

test("during an answer: the part that was already written is brought along", async () => {
  answerInParts(stage.upstream);
  const page = await visitChat(context, stage.site, "/?bring-along");
  await ask(page, "When is tea?");
  await waitForAnswer(page, "word5 ");
  await signIn(page, "dora");
  await page.locator("rivulet-chat .notice", { hasText: "Stopped." }).waitFor();
  await waitForAnswer(page, "word5 ");
  assert.deepEqual(await questionsOn(page), ["When is tea?"]);
  assert.equal(stage.upstream.requests.length, 1);
});

for (const bringsAlong of [true, false]) {
  test(`on the open page, ${bringsAlong ? "with" : "without"} bring-along`, async () => {
    const sub = bringsAlong ? "emil" : "frida";
    const page = await visitChat(context, stage.site, bringsAlong ? "/?late&bring-along" : "/?late");
    await askAndWait(page, "When is tea?");
    const name = `document.querySelector("rivulet-chat").getUserToken = async () => "${tokenOf(sub)}"`;
    await page.evaluate(`void (${name})`);
    await askAndWait(page, "And cake?");
    assert.equal(stage.upstream.requests.at(-1)?.text.includes("When is tea?"), bringsAlong);
    assert.deepEqual(await titlesElsewhere(sub), [bringsAlong ? "When is tea?" : "And cake?"]);
    assert.deepEqual(await questionsOn(page), bringsAlong ? ["When is tea?", "And cake?"] : ["And cake?"]);
  });
}

describe("the operator signs a person out everywhere", () => {
  /** Opens the chat of a person who has asked something, and signs them out from the operator's server. */
  async function signOutOf(sub: string): Promise<Page> {
    const page = await visitChat(context, stage.site);
    await signIn(page, sub);
    await askAndWait(page, "When is tea?");
    const response = await fetch(`${stage.worker.url}/v1/operator/sign-out`, {
      method: "POST",
      headers: { authorization: `Bearer ${operatorSecret}`, "content-type": "application/json" },
      body: JSON.stringify({ sub }),
    });
    assert.equal(response.status, 204);
    return page;
  }

  /** Sets the user token that the site has from now on: `undefined` if nobody is signed in. */
  async function siteSays(page: Page, token: string | undefined): Promise<void> {
    const value = token === undefined ? "removeItem('site-user')" : `setItem('site-user', '${token}')`;
    await page.evaluate(`localStorage.${value}`);
  }

  test("while the site still knows them, the chat continues silently", async () => {
    const page = await signOutOf("gerda");
    const iat = Math.floor(Date.now() / 1000) + 2; // signed after the sign-out
    await siteSays(page, userToken("gerda", { claims: { aud: "anthropic", iat, exp: iat + 300 } }));
    await askAndWait(page, "And cake?");
    assert.deepEqual(await questionsOn(page), ["When is tea?", "And cake?"]);
    assert.equal(await page.locator("rivulet-chat .failure").count(), 0);
  });

  test("if the site does not, the chat says so, shows nothing of theirs, and sends nothing as somebody else", async () => {
    const page = await signOutOf("hanna");
    const asked = stage.upstream.requests.length;
    await siteSays(page, undefined);
    const second = await visit(page.context(), stage.site);
    await ask(page, "And cake?");
    const chat = page.locator("rivulet-chat");
    await chat
      .locator(".notice", { hasText: "You've been signed out. Sign in again to see your conversations." })
      .waitFor();
    assert.deepEqual([await questionsOn(page), await answersOn(page)], [[], []]);
    assert.equal(await chat.locator("[part~=input]").inputValue(), "And cake?");
    assert.equal(await chat.locator(".failure").count(), 1);
    assert.equal(stage.upstream.requests.length, asked);
    await openPanel(second);
    await second.locator("rivulet-chat .welcome:not(.loading)").waitFor();
    assert.deepEqual(await questionsOn(second), []);
    // The question is sent again, now by an anonymous visitor.
    await chat.locator("[part~=input]").press("Enter");
    await eventually(async () => assert.deepEqual(await answersOn(page), [wholeAnswer]));
    assert.ok(!stage.upstream.requests.at(-1)?.text.includes("When is tea?"));
  });
});
