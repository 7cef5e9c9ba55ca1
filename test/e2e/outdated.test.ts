// A page that is still open after a new deployment of the worker says what to do about missing parts of the chat, and
// a reload loses nothing. If only the network fails, trying again is enough.
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, test } from "node:test";
import type { BrowserContext, Page } from "playwright-core";
import type { Health } from "../../protocol/index.ts";
import { anthropicAnswer } from "../fault-server/index.ts";
import { eventually } from "../support/eventually.ts";
import { shareContext } from "../support/shared-context.ts";
import {
  answerInParts,
  answerSlowly,
  answersOn,
  ask,
  askAndWait as askAndWaitOn,
  nextPart,
  openPanel,
  setStage,
  still,
  visitChat,
  waitForAnswer,
  wholeAnswer,
} from "./stage.ts";
import type { Stage } from "./stage.ts";

const parts = "**/chunks/{history,companion,conversation,forms,copy,code,math}-*";

let stage: Stage;
let context: BrowserContext;
let clear: () => Promise<void>;
let page: Page;

before(async () => {
  stage = await setStage();
  ({ context, clear } = await shareContext(stage, still));
});

after(() => stage.close());

beforeEach(async () => {
  answerSlowly(stage.upstream, 0);
  page = await visitChat(context, stage.site);
});

afterEach(() => clear());

/** The removed parts that a page has requested. */
let gone: string[];

/** Removes the parts that an open page has not loaded yet: requests for them are answered as after a deployment. */
async function simulateDeployment(): Promise<void> {
  gone = [];
  await context.route(parts, (route) => {
    gone.push(/chunks\/(\w+)/.exec(route.request().url())?.[1] ?? "");
    return route.continue({ url: `${stage.worker.url}/chunks/gone.js` });
  });
}

const askAndWait = (question: string) => askAndWaitOn(page, question);

const chat = () => page.locator("rivulet-chat");
const notice = () => chat().locator(".failure");

/** Checks that reloading is the only offered action, and reloads. */
async function reloadByNotice(): Promise<void> {
  await notice().filter({ hasText: "The chat has been updated. Reload the page to continue." }).waitFor();
  assert.deepEqual(
    (await notice().getByRole("button").allTextContents()).map((label) => label.trim()),
    ["Reload page"],
  );
  await context.unroute(parts);
  await Promise.all([page.waitForEvent("load"), notice().getByRole("button").click()]);
  await openPanel(page);
  await waitForAnswer(page, wholeAnswer);
  assert.deepEqual(await answersOn(page), [wholeAnswer]);
  assert.equal(await notice().count(), 0);
}

test("the conversation list is missing: a notice is shown, and the draft is still there after the reload", async () => {
  await askAndWait("When is tea?");
  await simulateDeployment();
  await page.locator("rivulet-chat [part~=input]").fill("And cake");
  await chat().getByRole("button", { name: "Conversations" }).click();
  await reloadByNotice();
  assert.equal(await page.locator("rivulet-chat [part~=input]").inputValue(), "And cake");
  await chat().getByRole("button", { name: "Conversations" }).click();
  await chat().locator(".entry-open").waitFor();
});

test("the message form is missing: the question stays unchanged, and can be edited after the reload", async () => {
  await askAndWait("When is tea?");
  await simulateDeployment();
  await chat().getByRole("button", { name: "Edit message" }).click({ force: true });
  await notice().waitFor();
  assert.equal(await chat().getByRole("button", { name: "Edit message" }).count(), 1);
  await reloadByNotice();
  await chat().getByRole("button", { name: "Edit message" }).click({ force: true });
  await chat().locator(".message-form textarea").waitFor();
});

test("the code that reads a conversation is missing while the page loads", async () => {
  await askAndWait("When is tea?");
  await simulateDeployment();
  await page.reload();
  await reloadByNotice();
});

test("the code that resumes an answer is missing: the visitor is told at once, not after minutes of retries", async () => {
  answerInParts(stage.upstream);
  await ask(page, "When is tea?");
  await waitForAnswer(page, "word3 ");
  await simulateDeployment();
  await page.route("**/stream", (route) => route.fulfill({ status: 204 })); // as when the turn ended long ago
  stage.proxy.cut();
  await notice().waitFor();
  await page.unroute("**/stream");
  await nextPart(stage.upstream);
  await reloadByNotice();
  assert.equal(stage.upstream.requests.length, 1);
});

test("code, formulas and copying work without the missing parts", async () => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(error.message));
  const answer = "So:\n\n```js\nlet tea = 4;\n```\n\nIt is $x^2$.";
  stage.upstream.reset();
  stage.upstream.script(() => anthropicAnswer({ text: [answer] }));
  await simulateDeployment();
  await ask(page, "When is tea?");
  await eventually(async () => {
    const shown = (await answersOn(page))[0] ?? "";
    for (const words of ["let tea = 4;", "It is x^2."]) assert.ok(shown.includes(words), shown);
  });
  await page.locator("rivulet-chat [part~=send]").waitFor();
  await chat().getByRole("button", { name: "Copy answer" }).click();
  await eventually(async () => (await page.evaluate<string>("navigator.clipboard.readText()")) === answer);
  assert.deepEqual(gone.toSorted(), ["code", "copy", "math"], "no cache had them");
  assert.equal(await notice().count(), 0);
  assert.deepEqual(errors, []);
});

test("versions of an answer cannot be chosen while their buttons are missing, and can once they load", async () => {
  const versions = chat().locator(".versions");
  const answerAgain = async (count: number) => {
    await chat().getByRole("button", { name: "Regenerate" }).click();
    await eventually(() => assert.equal(stage.upstream.requests.length, count));
    await page.locator("rivulet-chat [part~=send]").waitFor();
  };
  await askAndWait("When is tea?");
  await simulateDeployment();
  await answerAgain(2);
  assert.deepEqual(await answersOn(page), [wholeAnswer]);
  assert.equal(await versions.count(), 0);
  assert.equal(await notice().count(), 0);
  await context.unroute(parts);
  await answerAgain(3);
  await versions.getByText("3/3").waitFor();
});

test("the new deployment is not configured yet: its health has the status 503, and a reload is still what helps", async () => {
  await askAndWait("When is tea?");
  await simulateDeployment();
  await context.route("**/v1/health", async (route) => {
    const response = await route.fetch();
    const health: Health = await response.json();
    const json: Health = { ...health, status: "not_configured", notConfigured: ["provider"] };
    await route.fulfill({ response, status: 503, json });
  });
  await chat().getByRole("button", { name: "Conversations" }).click();
  await reloadByNotice();
});

for (const [what, status] of [
  ["an error page", 503],
  ["a network's sign-in page", 200],
] as const) {
  test(`${what} answers instead of the worker: a reload would not help`, async () => {
    await askAndWait("When is tea?");
    await simulateDeployment();
    await context.route("**/v1/health", (route) => route.fulfill({ status, contentType: "text/html", body: "<p>Hi" }));
    await chat().getByRole("button", { name: "Conversations" }).click();
    await notice().filter({ hasText: "Can't connect to the chat." }).waitFor();
  });
}

test("a network failure is treated differently: trying again helps", async () => {
  await askAndWait("When is tea?");
  await context.route(/chunks\/|\/v1\//, (route) => route.abort("connectionreset"));
  await chat().getByRole("button", { name: "Conversations" }).click();
  await notice().filter({ hasText: "Can't connect to the chat." }).waitFor();
  await context.unroute(/chunks\/|\/v1\//);
  await chat().getByRole("button", { name: "Conversations" }).click();
  await chat().locator(".entry-open").waitFor();
  await chat().locator(".list-back").click();
  assert.equal(await notice().count(), 0);

  await context.route(/continuation-|\/v1\/conversations/, (route) => route.abort("connectionreset"));
  await page.reload();
  await notice().filter({ hasText: "Can't connect to the chat." }).waitFor();
  await context.unroute(/continuation-|\/v1\/conversations/);
  await notice().getByRole("button", { name: "Try again" }).click();
  await waitForAnswer(page, wholeAnswer);
});
