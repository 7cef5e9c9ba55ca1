// Nothing that the chat has read stays in a cache of the browser. After the visitor signs out or deletes their data, a
// script of the same site that prefers the cache finds nothing, not even with the old token or after a restart of the
// browser.
import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { chromium, type BrowserContext, type Page } from "playwright-core";
import { browserFlags } from "../../scripts/lib/browser-flags.ts";
import { routes } from "../../protocol/index.ts";
import { makeFolder, removeFolder } from "../support/worker.ts";
import { answerSlowly, askAndWait, setStage, visit, visitChat, still, type Stage } from "./stage.ts";

let stage: Stage;
let profile: string;
let browser: BrowserContext;

before(async () => {
  stage = await setStage();
  profile = await makeFolder("browser");
  answerSlowly(stage.upstream, 0);
});

afterEach(() => browser.close());

after(async () => {
  await stage.close();
  await removeFolder(profile);
});

/** A browser that keeps its cache on the disk. */
function startBrowser(): Promise<BrowserContext> {
  const executablePath = process.env["CHROME_PATH"] ?? "/usr/bin/chromium";
  return chromium.launchPersistentContext(profile, {
    executablePath,
    args: [...browserFlags],
    timeout: 120_000,
    ...still,
  });
}

interface Read {
  status: number;
  text: string;
}

/** Sends requests as a script of the site does. */
function readAll(page: Page, token: string, paths: string[], init: object): Promise<Read[]> {
  const urls = paths.map((path) => stage.proxy.url + path);
  const options = { ...init, headers: { authorization: `Bearer ${token}` } };
  return page.evaluate<Read[]>(`Promise.all(${JSON.stringify(urls)}.map(async (url) => {
    const response = await fetch(url, ${JSON.stringify(options)});
    return { status: response.status, text: await response.text() };
  }))`);
}

/**
 * Asks, opens a conversation from the list, and reads everything as a script of the page.
 * @returns the visitor's token, and the paths that were read
 */
async function useChat(page: Page): Promise<{ token: string; paths: string[] }> {
  await askAndWait(page, "A private question");
  const chat = page.locator("rivulet-chat");
  await chat.getByRole("button", { name: "Conversations" }).click();
  await chat.locator(".entry-open").first().click();
  const token = await page.evaluate(() => {
    const sessions = Object.values(localStorage).map((value) => /"token":"([^"]+)"/.exec(String(value))?.[1]);
    return sessions.find((found) => found !== undefined) ?? "";
  });
  const [list] = await readAll(page, token, [routes.conversations], {});
  const [, conversation = ""] = /"id":"([^"]+)"/.exec(list?.text ?? "") ?? [];
  const paths = [routes.conversations, routes.conversation(conversation), routes.visitorExport];
  for (const { text } of await readAll(page, token, paths, {})) assert.match(text, /A private question/);
  return { token, paths };
}

async function assertNothing(page: Page, { token, paths }: { token: string; paths: string[] }): Promise<void> {
  const found = await readAll(page, token, paths, { cache: "force-cache" });
  assert.deepEqual(
    found.map(({ status }) => status),
    [401, 401, 401],
  );
  for (const { text } of found) assert.doesNotMatch(text, /private/);
}

const endings = {
  "reset()": async (page: Page) => void (await page.evaluate("document.querySelector('rivulet-chat').reset()")),
  "DELETE /v1/visitor": async (page: Page, token: string) => {
    const [deletion] = await readAll(page, token, [routes.visitor], { method: "DELETE" });
    assert.equal(deletion?.status, 204);
  },
};

test(`after ${Object.keys(endings).join(" and after ")} nothing is left in the cache`, async () => {
  browser = await startBrowser();
  const read: Awaited<ReturnType<typeof useChat>>[] = [];
  for (const end of Object.values(endings)) {
    const page = await visitChat(browser, stage.site);
    const used = await useChat(page);
    await end(page, used.token);
    await assertNothing(page, used);
    read.push(used);
    await page.close();
  }
  await browser.close();
  browser = await startBrowser();
  const page = await visit(browser, stage.site, "/other");
  for (const used of read) await assertNothing(page, used);
});

test("the chat itself asks past the cache, except for the profile", async () => {
  browser = await stage.browser.newContext(still);
  const sent = new Map<string, string | undefined>();
  const noted: Promise<void>[] = [];
  browser.on("request", (request) => {
    const { pathname } = new URL(request.url());
    const note = async () => void sent.set(pathname, (await request.allHeaders())["cache-control"]);
    if (pathname.startsWith("/v1/") && request.method() !== "OPTIONS") noted.push(note());
  });
  const page = await visitChat(browser, stage.site);
  await askAndWait(page, "A private question");
  await page.locator("rivulet-chat").getByRole("button", { name: "Conversations" }).click();
  await page.locator("rivulet-chat .entry-open").first().click();
  await page.evaluate("document.querySelector('rivulet-chat').reset()");
  await Promise.all(noted);
  const { "/v1/assistants/anthropic": profile, ...others } = Object.fromEntries(sent);
  assert.equal(profile, undefined);
  for (const path of [routes.sessions, routes.messages, routes.conversations]) assert.ok(path in others, path);
  for (const [path, header] of Object.entries(others)) assert.equal(header, "no-cache", path);
});
