// The lists in docs/privacy.md match what a browser and a worker really store and send while visitors use every
// function. The tests fail on anything that a list lacks, and on anything in a list that is never seen.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import type { BrowserContext, Locator, Page } from "playwright-core";
import { routes } from "../../protocol/index.ts";
import { openLocalDatabase } from "../../scripts/lib/ingest/local-database.ts";
import { at } from "../../scripts/lib/root.ts";
import { DocumentStore } from "../../worker/context/full-text/store.ts";
import {
  anthropicAnswer,
  azureAnswer,
  azureError,
  breakAfter,
  insertAfter,
  startFaultServer,
  type FaultServer,
  type Scenario,
} from "../fault-server/index.ts";
import { TestVisitor } from "../support/client.ts";
import { eventually } from "../support/eventually.ts";
import { startReceiver, type HandoverReceiver } from "../support/handover-receiver.ts";
import { PrivacyRecord } from "../support/privacy-record.ts";
import { startBrowser, startSite, type Site } from "../support/site.ts";
import { startTurnstile, type TurnstileServer } from "../support/turnstile.ts";
import { makeFolder, removeFolder, startTestWorker, type TestWorker } from "../support/worker.ts";
import { identitySecret, userToken } from "../worker/support/user-token.ts";
import { answersOn, ask, openPanel, questionsOn, still, waitForAnswer } from "./stage.ts";

let upstream: FaultServer;
let turnstile: TurnstileServer;
let team: HandoverReceiver;
let worker: TestWorker;
let state: string;
let site: Site;
let context: BrowserContext;
let record: PrivacyRecord;
let close: () => Promise<void>;

const sentence = (word: string) => `The Duo weighs 42 kilograms, ${word}. `;
const shortAnswer = anthropicAnswer({ text: [sentence("about"), "Ask for more."] });

/** An answer that cites a document, and suggests a question and a person. */
function fullAnswer({ text }: { text: string }): Scenario {
  const [open] = /<next-[a-z2-9]+>/.exec(text) ?? assert.fail("no questions are asked for");
  const block = `\n${open}\nHow large are they?\n+person\n${open.replace("<", "</")}`;
  const citations = [{ index: 0, text: "The Duo's panels weigh 42 kilograms." }];
  return anthropicAnswer({ blocks: [{ text: sentence("exactly"), citations }, { text: block }] });
}

before(async () => {
  const [faults, challenge, receiver, browser, folder] = await Promise.all([
    startFaultServer(),
    startTurnstile(),
    startReceiver(),
    startBrowser(),
    makeFolder("privacy"),
  ]);
  [upstream, turnstile, team, state] = [faults, challenge, receiver, folder];
  await ingest();
  worker = await startTestWorker({
    entry: "test/worker/privacy-project/entry.ts",
    assets: "dist/widget",
    state,
    variables: {
      ANTHROPIC_API_KEY: "k",
      ANTHROPIC_BASE_URL: upstream.url,
      AZURE_AI_API_KEY: "k",
      AZURE_AI_ENDPOINT: `${upstream.url}/openai/v1`,
      IDENTITY_SECRET: identitySecret,
      TURNSTILE_SECRET_KEY: "1x0000000000000000000000000000000AA",
      TURNSTILE_VERIFY_URL: turnstile.verifyUrl,
      TURNSTILE_SCRIPT_URL: turnstile.scriptUrl,
      HANDOVER_URL: team.url,
      HANDOVER_SECRET: `whsec_${Buffer.alloc(32).toString("base64")}`,
      EMAIL_URL: team.url,
      EMAIL_KEY: "k",
    },
  });
  // The strictest policy that a site can have. It allows no `blob:` addresses either: downloads must work without them.
  const sources = ["script-src", "connect-src", "frame-src"].map((name) => `${name} ${worker.url}`).join("; ");
  const policy = `default-src 'none'; ${sources}; require-trusted-types-for 'script'`;
  const page = (
    lang: string,
    settings = "",
    assistant = "anthropic",
  ) => `<!doctype html><html lang="${lang}"><title>A shop</title>
    <meta http-equiv="content-security-policy" content="${policy}"><link rel="icon" href="data:,">
    <main><h1>Tea</h1><p>Served at four.</p></main>
    <script src="${worker.url}/rivulet.js" data-assistant="${assistant}" data-page-context="main" data-bring-along ${settings} async></script>`;
  site = await startSite(page("en"));
  site.pages.set("/de", { html: page("de") });
  site.pages.set("/greeting", { html: page("en", 'data-greeting="Tea or coffee?"') });
  site.pages.set("/consent", { html: page("en", "", "asking") });
  record = new PrivacyRecord(worker.url, turnstile.scriptUrl);
  context = await browser.newContext({ ...still, acceptDownloads: true, permissions: ["clipboard-write"] });
  context.setDefaultTimeout(120_000); // for busy machines
  await record.watch(context, site.url);
  close = async () => {
    await browser.close();
    site.close();
    await worker.stop();
    turnstile.close();
    await team.close();
    await upstream.close();
    await removeFolder(state);
  };
});

after(() => close());

/** Adds a document that answers one question. */
async function ingest(): Promise<void> {
  const { database, close: closeDatabase } = await openLocalDatabase("DOCUMENTS", state);
  const store = new DocumentStore(database, "anthropic", "en");
  await store.migrate();
  const chunks = [{ headings: [], content: "The Duo's panels weigh 42 kilograms. They are heavy." }];
  await store.put({ path: "duo.md", title: "Duo", url: "/duo", hash: "1", chunks });
  await closeDatabase();
}

async function newPage(path = "/"): Promise<Page> {
  const page = await context.newPage();
  await record.watchStorage(page);
  await page.goto(site.url + path);
  await page.locator("rivulet-chat [part~=launcher]").waitFor({ state: "attached" });
  return page;
}

const chatOf = (page: Page) => page.locator("rivulet-chat");
const buttonOf = (page: Page, name: string | RegExp): Locator => chatOf(page).getByRole("button", { name }).last();

/** Waits until a turn is over and the next question can be sent, and records what the worker has stored. */
async function settle(page: Page): Promise<void> {
  await chatOf(page).locator("[part~=send]").waitFor();
  record.noteWorker(state);
}

async function askAndSettle(page: Page, question: string): Promise<void> {
  const count = (await answersOn(page)).length;
  await ask(page, question);
  await eventually(async () => assert.ok((await answersOn(page)).length > count));
  await settle(page);
}

async function openList(page: Page): Promise<void> {
  await buttonOf(page, "Conversations").click();
  await chatOf(page).locator(".conversation-list :is(.entry-open, .list-empty)").first().waitFor();
}

test("before the first interaction nothing is stored, and only the script and the page's language are requested", async () => {
  const english = await newPage();
  const german = await newPage("/de");
  await german.getByRole("button", { name: "Chat öffnen" }).waitFor();
  await english.getByRole("button", { name: "Open chat" }).waitFor();
  const greeting = await newPage("/greeting");
  await buttonOf(greeting, "Tea or coffee?").waitFor();
  assert.deepEqual([...record.browser], []);
  assert.deepEqual([...record.requests].toSorted(), ["GET /chunks/….js", "GET /rivulet.js", "GET /words.js"]);
  await english.close();
  await german.close();
  await greeting.close();
});

test("visitors use every function", async () => {
  upstream.script(shortAnswer);
  await closeGreeting();
  await agreeFirst();
  upstream.script(fullAnswer);
  const page = await newPage();
  await chatOf(page).locator("[part~=launcher]").click();
  await chatOf(page).locator(".welcome:not(.loading)").waitFor();
  await askAndSettle(page, "How heavy are the Duo's panels?");
  await buttonOf(page, "How large are they?").waitFor();
  upstream.script(shortAnswer);

  await shareNothing(page);
  await loseConnections(page);
  await leaveDuringAnswer(page);
  await closeDuringAnswer(page);
  await changeMessages(page);
  await askInSecondTab(page);
  await manageConversations(page);
  await download(page);
  await writeToTeam(page);
  await signIn(page);
  await signOutAndDelete(page);

  await askDirectly();
  record.noteWorker(state);
  record.noteLog(await worker.wholeLog());
  record.noteProvider(upstream.requests);
  for (const message of team.received) record.noteHandover(message);
  for (const form of turnstile.asked) record.noteVerification(form);
  for (const found of await Promise.all([context.cookies(), page.evaluate(otherStorage)])) assert.deepEqual(found, []);
});

/** The names of everything that the page keeps besides `localStorage`, `sessionStorage` and cookies. */
const otherStorage = `(async () => [
  ...(await indexedDB.databases()).map(({ name }) => name),
  ...(await caches.keys()),
  ...(await navigator.serviceWorker.getRegistrations()).map(({ scope }) => scope),
])()`;

async function closeGreeting(): Promise<void> {
  const page = await newPage("/greeting");
  await buttonOf(page, "Dismiss").click();
  await eventually(() => assert.ok(record.browser.has("localStorage rivulet-chat:greeting:…")));
  await page.close();
}

/** What this tab and this browser keep for the assistant that asks for consent. */
const keptForAsking = `[localStorage, sessionStorage].flatMap(Object.keys).filter((key) => key.endsWith(":asking"))`;

/**
 * Opens the chat of an assistant that asks for consent. At first the code that asks cannot be loaded, and the visitor
 * cannot write. Nothing is stored before they agree.
 */
async function agreeFirst(): Promise<void> {
  const page = await newPage("/consent");
  await page.route("**/chunks/consent-*", (route) => route.abort(), { times: 1 });
  await chatOf(page).locator("[part~=launcher]").click();
  await buttonOf(page, "Reload page").waitFor();
  assert.equal(await chatOf(page).locator("[part~=input]").count(), 0);
  await Promise.all([page.waitForEvent("load"), buttonOf(page, "Reload page").click()]);
  await chatOf(page).locator("[part~=launcher]").click();
  await chatOf(page).locator("[part~=agree]").waitFor();
  assert.equal(await chatOf(page).locator("[part~=input]").count(), 0);
  assert.deepEqual(await page.evaluate<string[]>(keptForAsking), []);
  await chatOf(page).locator("[part~=agree]").click();
  await askAndSettle(page, "How heavy is it?");
  await eventually(() => assert.ok(record.browser.has("localStorage rivulet-chat:consent:… visitor")));
  await page.close();
}

/** Turns the sending of the page's text off, asks, and turns it on again. */
async function shareNothing(page: Page): Promise<void> {
  const chip = chatOf(page).locator("[part~=page]");
  await chip.click();
  await chatOf(page).getByRole("switch").click();
  await askAndSettle(page, "What is the capital of Peru?");
  await chatOf(page).getByRole("switch").click();
  await chip.click();
}

/** Asks while offline, and opens a form whose code cannot be loaded. */
async function loseConnections(page: Page): Promise<void> {
  await context.setOffline(true);
  await ask(page, "Is it raining?");
  await chatOf(page).locator(".notice.queued").waitFor();
  await context.setOffline(false);
  await settle(page);
  await page.route("**/chunks/forms-*", (route) => route.abort(), { times: 1 });
  await buttonOf(page, "Edit message").dispatchEvent("click");
  await eventually(() => assert.ok(record.requests.has("GET /v1/health")));
}

/** Scrolls up during an answer, reloads the page, and then stops the answer. */
async function leaveDuringAnswer(page: Page): Promise<void> {
  const text = Array.from({ length: 9 }, (_, at) => sentence(`item ${at}`));
  upstream.script(insertAfter(4, [{ hold: "rest" }], anthropicAnswer({ text })));
  await ask(page, "Tell me everything.");
  await waitForAnswer(page, "item 1");
  await chatOf(page)
    .locator("[part~=messages]")
    .evaluate((area) => area.scrollTo(0, 0));
  await page.evaluate("new Promise(requestAnimationFrame)");
  record.noteWorker(state);
  await page.reload();
  await waitForAnswer(page, "item 1");
  await eventually(() => assert.ok(record.requests.has("GET /v1/conversations/{conversation}/stream")));
  await chatOf(page).locator("[part~=stop]").dispatchEvent("click");
  upstream.script(shortAnswer);
  await settle(page);
}

/** Closes the panel during an answer, which is then marked as unread, and opens the panel again. */
async function closeDuringAnswer(page: Page): Promise<void> {
  upstream.script(insertAfter(4, [{ hold: "unread" }], anthropicAnswer({ text: [sentence("roughly"), "More."] })));
  await ask(page, "Will you go on without me?");
  await waitForAnswer(page, "roughly");
  await chatOf(page).locator("[part~=launcher]").dispatchEvent("click");
  await chatOf(page).locator("[part~=panel]").waitFor({ state: "hidden" });
  upstream.release("unread");
  await chatOf(page).locator(".badge").waitFor();
  upstream.script(shortAnswer);
  await openPanel(page);
  await settle(page);
}

/** Regenerates, rates and copies an answer, and edits its question. */
async function changeMessages(page: Page): Promise<void> {
  await buttonOf(page, "Regenerate").dispatchEvent("click");
  await chatOf(page).locator(".versions").waitFor();
  await settle(page);
  await buttonOf(page, "Bad answer").dispatchEvent("click");
  const comment = chatOf(page).locator(".message-form textarea");
  await comment.fill("It is too long.");
  await chatOf(page).locator(".message-form").getByRole("button", { name: "Send" }).click();
  await comment.waitFor({ state: "detached" });
  await eventually(() => {
    record.noteWorker(state);
    assert.ok(record.worker.has("visitor's object answer feedback.comment"));
  });
  await buttonOf(page, "Copy answer").dispatchEvent("click");
  await buttonOf(page, "Edit message").dispatchEvent("click");
  await comment.fill("Tell me less.");
  await comment.press("Enter");
  await eventually(async () => assert.equal((await questionsOn(page)).at(-1), "Tell me less."));
  await settle(page);
}

async function askInSecondTab(page: Page): Promise<void> {
  const tab = await newPage();
  await openPanel(tab);
  await eventually(async () => assert.deepEqual(await questionsOn(tab), await questionsOn(page)));
  await askAndSettle(tab, "And in a second tab?");
  await eventually(async () => assert.deepEqual(await questionsOn(page), await questionsOn(tab)));
  await tab.close();
}

const tokenOf = `JSON.parse(Object.entries(localStorage)
  .find(([key]) => key.includes(":session:") && key.endsWith(":anthropic"))[1]).token`;

/**
 * Creates more conversations than the list loads at once, and one with more messages than are loaded at once. Renames
 * one conversation and deletes another.
 */
async function manageConversations(page: Page): Promise<void> {
  const visitor = new TestVisitor(worker.url, await page.evaluate<string>(tokenOf), site.url);
  const conversation = crypto.randomUUID();
  const fill = async () => {
    for (let count = 0; count < 31; count++) await visitor.ask(`Question ${count}?`, { conversation });
  };
  await Promise.all([fill(), ...Array.from({ length: 51 }, () => visitor.ask("What is new?"))]);
  await openList(page);
  await buttonOf(page, "Show more").click();
  await eventually(() => assert.ok(record.requests.has("GET /v1/conversations ?cursor")));
  const entry = (title: string) => chatOf(page).locator(".entry", { hasText: title });
  await entry("How heavy")
    .getByRole("button", { name: /^Rename/ })
    .dispatchEvent("click");
  await chatOf(page).locator(".task input").fill("Panels");
  const deletion = Promise.withResolvers<void>();
  await page.route("**/v1/conversations/*", async (route) => {
    if (route.request().method() === "PATCH") await deletion.promise;
    await route.continue();
  });
  await buttonOf(page, "Save").click();
  const before = await entry("What is new?").count();
  await entry("What is new?")
    .first()
    .getByRole("button", { name: /^Delete/ })
    .dispatchEvent("click");
  const confirm = chatOf(page).locator(".task .danger");
  await confirm.waitFor();
  deletion.resolve(); // the rename ends while the deletion waits for confirmation
  await entry("Panels").waitFor();
  await confirm.click();
  await eventually(async () => assert.ok((await entry("What is new?").count()) < before));
  await entry("Question 0?").locator(".entry-open").click();
  await eventually(async () => assert.ok((await questionsOn(page)).includes("Question 30?")));
}

/** Downloads the long conversation in each format, and then all of the visitor's data. */
async function download(page: Page): Promise<void> {
  await openList(page);
  await chatOf(page)
    .locator("details.data")
    .evaluate((details) => details.toggleAttribute("open", true));
  for (const name of ["Text (Markdown)", "Data (JSON)", "Download my data"]) {
    const started = page.waitForEvent("download");
    await buttonOf(page, name).click();
    const text = readFileSync(await (await started).path(), "utf8");
    for (let count = 0; count < 31; count++) assert.ok(text.includes(`Question ${count}?`), `${name} ${count}`);
  }
  await buttonOf(page, "Back to conversation").click();
}

/** Writes to a person, and sends the conversation along. */
async function writeToTeam(page: Page): Promise<void> {
  await buttonOf(page, "Contact us").click();
  await chatOf(page).locator(".handover-form").getByLabel("Your message").fill("Panels: who repairs them?");
  await chatOf(page).getByLabel("Your email").fill("ada@example.com");
  await chatOf(page)
    .getByLabel(/^Send this conversation along/)
    .check();
  await buttonOf(page, "Send to the team").click();
  await chatOf(page).getByRole("heading", { name: "Message sent" }).waitFor();
  await chatOf(page).locator(".handover-sent").getByRole("button", { name: "Close" }).click();
}

/** Signs in on the open page, which brings the conversations along, and asks. */
async function signIn(page: Page): Promise<void> {
  const token = userToken("ada", { claims: { aud: "anthropic" } });
  await chatOf(page).evaluate((chat, value) => void Object.assign(chat, { getUserToken: async () => value }), token);
  await askAndSettle(page, "Who am I?");
}

async function signOutAndDelete(page: Page): Promise<void> {
  await chatOf(page).evaluate((chat) => {
    Object.assign(chat, { getUserToken: undefined });
    if ("reset" in chat && typeof chat.reset === "function") return chat.reset();
  });
  record.noteWorker(state);
  await askAndSettle(page, "Who is there?");
  await openList(page);
  await chatOf(page)
    .locator("details.data")
    .evaluate((details) => details.toggleAttribute("open", true));
  await chatOf(page).locator(".delete-all").click();
  await chatOf(page).locator(".data .task .danger").click();
  await chatOf(page).locator(".welcome:not(.loading)").waitFor();
}

/**
 * Does what no page of this site does: asks an assistant on Azure, with failures and until a limit is reached, writes
 * to its team, and sends requests that are refused.
 */
async function askDirectly(): Promise<void> {
  upstream.script([
    azureError(500, { code: "InternalServerError" }),
    azureAnswer({ text: "Hello." }),
    breakAfter(3, azureAnswer({ text: ["I am ", "here, ", "still."] })),
  ]);
  const azure = await TestVisitor.arrive(worker.url, "azure", site.url);
  for (const question of ["Hello?", "Are you there?", "And now?", "Still?"]) await azure.ask(question);
  const message = { id: crypto.randomUUID(), message: "Panels?", contact: "ada@example.com" };
  assert.equal((await azure.send(routes.handover, { body: message })).status, 202);
  const headers = { origin: site.url, "cf-connecting-ip": "192.0.2.1" };
  const body = JSON.stringify({ assistant: "anthropic", challengeToken: "solved-by-hand" });
  await fetch(worker.url + routes.sessions, { method: "POST", headers, body });
  await fetch(worker.url + routes.assistant("nope"));
  for (const event of ["attempt_failed", "turns_used", "not_found"]) await worker.printed(new RegExp(`"${event}"`));
}

const documented = readFileSync(at("docs/privacy.md"), "utf8");

/** The names in backquotes in a cell. */
const namesIn = (cell = "") => [...cell.matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name);

const plain = (cell = "") => cell.replaceAll("`", "");

/** The tables of docs/privacy.md: how each one's head begins, and which items the cells of a row name. */
const lists: { name: keyof Lists; head: string; read: (cells: string[]) => string[] }[] = [
  {
    name: "browser",
    head: "| where | key |",
    read: ([where, key, fields]) => {
      const item = `${plain(where)} ${plain(key)}`;
      return [item, ...namesIn(fields).map((field) => `${item} ${field}`)];
    },
  },
  {
    name: "requests",
    head: "| request |",
    read: ([request, query, headers, body]) => [
      plain(request),
      ...[...namesIn(query), ...namesIn(headers).map((name) => `${name}:`), ...namesIn(body)].map(
        (name) => `${plain(request)} ${name}`,
      ),
    ],
  },
  {
    name: "worker",
    head: "| where | table |",
    read: ([where, table, columns]) => namesIn(columns).map((column) => `${plain(where)} ${plain(table)} ${column}`),
  },
  {
    name: "log",
    head: "| line |",
    read: ([line, fields]) => namesIn(fields).map((field) => `${plain(line)} ${field}`),
  },
  {
    name: "provider",
    head: "| to | headers |",
    read: ([to, headers, body]) =>
      [...namesIn(headers).map((name) => `${name}:`), ...namesIn(body)].map((name) => `${plain(to)} ${name}`),
  },
];

type Lists = Pick<PrivacyRecord, "browser" | "requests" | "worker" | "log" | "provider">;

for (const { name, head, read } of lists)
  test(`the list of docs/privacy.md is what was seen: ${name}`, () => {
    assert.deepEqual([...record[name]].toSorted(), cellsOf(head).flatMap(read).toSorted());
  });

/** The cells of each row of a table in docs/privacy.md, without its head. */
function cellsOf(head: string): string[][] {
  const lines = documented
    .slice(documented.indexOf(`\n${head}`))
    .trimStart()
    .split("\n");
  const end = lines.findIndex((line) => !line.startsWith("|"));
  return lines.slice(2, end).map((line) =>
    line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

test("no line of the log and no request to a provider has the visitor in it", async () => {
  assert.doesNotMatch(
    await worker.wholeLog(),
    /How heavy|Are you there|Tell me|too long\.|Panels|ada@|eyJ|192\.0\.2\.1/,
  );
  for (const { text, headers } of upstream.requests)
    assert.doesNotMatch(text + JSON.stringify(headers), /"user"\s*:|"metadata"|user_id|192\.0\.2\.1|\bada\b/);
});
