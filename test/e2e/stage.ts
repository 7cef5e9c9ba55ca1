import { createServer, connect, type Socket } from "node:net";
import { once } from "node:events";
import assert from "node:assert/strict";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { anthropicAnswer, insertAfter, slowly, startFaultServer, type FaultServer } from "../fault-server/index.ts";
import { eventually } from "../support/eventually.ts";
import { startBrowser, startSite, type BrowserOptions, type Site } from "../support/site.ts";
import { startTestWorker, type TestWorker } from "../support/worker.ts";

/** A TCP proxy whose connections can be destroyed, as a failing tunnel or proxy does. */
export interface CuttableProxy {
  /** Without a trailing slash. */
  readonly url: string;
  /** Destroys every connection. Returns whether there were any. */
  cut(): boolean;
  close(): void;
}

/** Everything that a chat needs, each part on its own origin. All of it is real except the provider. */
export interface Stage {
  upstream: FaultServer;
  worker: TestWorker;
  proxy: CuttableProxy;
  browser: Browser;
  site: Site;
  /** The script tag that embeds the chat. */
  tag: string;
  close(): Promise<void>;
}

/** Options of {@link setStage}. */
export interface StageOptions extends BrowserOptions {
  /** Runs in the page, before the script tag. */
  script?: string;
  /** Environment variables of the worker. */
  variables?: Record<string, string>;
  /** An assistant of the tests' project. Default: `anthropic`. */
  assistant?: string;
}

/** Starts a site that embeds the chat with its script tag and reaches the worker through a proxy that can be cut. */
export async function setStage(options: StageOptions = {}): Promise<Stage> {
  const upstream = await startFaultServer();
  const worker = await startTestWorker({
    assets: "dist/widget",
    variables: { ANTHROPIC_API_KEY: "k", ANTHROPIC_BASE_URL: upstream.url, ...options.variables },
  }).catch(async (error: unknown) => {
    await upstream.close(); // otherwise the test's process would not end
    throw error;
  });
  const proxy = await startProxy(Number(new URL(worker.url).port));
  const { assistant = "anthropic" } = options;
  const tag = `<script src="${proxy.url}/rivulet.js" data-assistant="${assistant}" async></script>`;
  const html = `<!doctype html><html lang="en"><title>A shop</title><h1>Tea</h1><a href="/other">Other page</a>`;
  const site = await startSite(`${html}<script>${options.script ?? ""}</script>${tag}</html>`);
  const browser = await startBrowser(options);
  const close = async () => {
    await browser.close();
    site.close();
    proxy.close();
    await worker.stop();
    await upstream.close();
  };
  return { upstream, worker, proxy, browser, site, tag, close };
}

async function startProxy(port: number): Promise<CuttableProxy> {
  const sockets = new Set<Socket>();
  const server = createServer((inner) => {
    const outer = connect(port, "127.0.0.1");
    for (const socket of [inner, outer]) {
      sockets.add(socket);
      socket.on("close", () => sockets.delete(socket));
      socket.on("error", () => undefined); // errors are expected: connections are cut on purpose
    }
    inner.pipe(outer).pipe(inner);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
  const cut = () => {
    const had = sockets.size > 0;
    for (const socket of sockets) socket.destroy();
    return had;
  };
  const close = () => {
    server.close();
    cut();
  };
  return { url, cut, close };
}

/** A plain-text answer in many pieces, with characters of several bytes, which are easy to break. */
export const longAnswer = Array.from({ length: 30 }, (_, at) => `word${at} – “ü” 河流 🌊 `);

/** {@link longAnswer} as the page finally shows it. */
export const wholeAnswer = longAnswer.join("").trim();

/** The beginning of the last piece of {@link longAnswer}. */
export const lastWord = `word${longAnswer.length - 1} `;

/** Makes the upstream write {@link longAnswer} with a pause of `paceMs` milliseconds between pieces. */
export function answerSlowly(upstream: FaultServer, paceMs: number): void {
  upstream.reset();
  upstream.script(() => slowly(paceMs, anthropicAnswer({ text: longAnswer })));
}

/**
 * Makes the upstream write an answer in parts: each part after the first waits for {@link nextPart}. Until then the
 * answer is still running, however long a busy machine takes to reload a page or to open a tab. With a slow pace
 * instead, the page would draw each piece separately, which would take most of a test's CPU time.
 */
export function answerInParts(
  upstream: FaultServer,
  { text = longAnswer, parts = 2, paceMs = 5 }: { text?: string[]; parts?: number; paceMs?: number } = {},
): void {
  upstream.reset();
  const size = Math.ceil(text.length / parts);
  const ends = Array.from({ length: parts - 1 }, (_, at) => framesBefore + (at + 1) * size).toReversed();
  const whole = slowly(paceMs, anthropicAnswer({ text }));
  upstream.script(() => ends.reduce((answer, end) => insertAfter(end, [{ hold: "part" }], answer), whole));
}

/** How many frames come before the first piece. */
const framesBefore = 2;

/** Releases the next part of every answer that waits for it. */
export async function nextPart(upstream: FaultServer): Promise<void> {
  await eventually(() => assert.ok(upstream.heldCount("part") > 0, "no answer has reached the end of a part"));
  upstream.release("part");
}

/**
 * Options of a context for tests of what the chat keeps and shows, not of how it moves: drawing each frame of an
 * animation costs a sixth of such a test's CPU time.
 */
export const still = { reducedMotion: "reduce" } as const;

/** Opens a page of the site in a new tab. */
export async function visit(context: BrowserContext, site: Site, path = "/"): Promise<Page> {
  const page = await context.newPage();
  await page.goto(site.url + path);
  return page;
}

/** Opens the panel unless it is already open. */
export async function openPanel(page: Page): Promise<void> {
  const chat = page.locator("rivulet-chat");
  await chat.locator("[part~=launcher]").waitFor({ state: "attached" });
  if (!(await chat.evaluate((element) => element.hasAttribute("open")))) await chat.locator("[part~=launcher]").click();
  await chat.locator("[part~=input]").waitFor();
}

/** Opens a page of the site and its chat panel, ready for a first question. */
export async function visitChat(context: BrowserContext, site: Site, path?: string): Promise<Page> {
  const page = await visit(context, site, path);
  await openPanel(page);
  await page.locator("rivulet-chat .welcome:not(.loading)").waitFor();
  return page;
}

/** Types a question, sends it, and waits until it is on the page. */
export async function ask(page: Page, question: string): Promise<void> {
  const input = page.locator("rivulet-chat [part~=input]");
  await input.fill(question);
  await input.press("Enter");
  await page.evaluate("new Promise(requestAnimationFrame)");
}

/** Waits until the last answer contains a text. */
export async function waitForAnswer(page: Page, words: string): Promise<void> {
  await page.locator("rivulet-chat [part~=answer]").last().filter({ hasText: words }).waitFor();
}

/** Asks, and waits until the answer is complete and the next question can be sent. */
export async function askAndWait(page: Page, question: string): Promise<void> {
  await ask(page, question);
  await eventually(async () => {
    assert.equal((await questionsOn(page)).at(-1), question);
    assert.equal((await answersOn(page)).at(-1), wholeAnswer);
  });
  await page.locator("rivulet-chat [part~=send]").waitFor();
}

/** The text of every question on the page. */
export function questionsOn(page: Page): Promise<string[]> {
  return textsOf(page, "question");
}

/** The text of every answer on the page. */
export async function answersOn(page: Page): Promise<string[]> {
  const texts = await textsOf(page, "answer");
  return texts.map((text) => text.trim());
}

/** The texts of a part of every chat on the page. A locator would find the same, but take three times the CPU time. */
function textsOf(page: Page, part: string): Promise<string[]> {
  return page.evaluate<string[]>(`[...document.querySelectorAll("rivulet-chat")]
    .flatMap(({ shadowRoot }) => [...(shadowRoot?.querySelectorAll("[part~=${part}]") ?? [])])
    .map(({ textContent }) => textContent)`);
}

/**
 * Records everything that the polite live region says in `sessionStorage.said`, across reloads. A duplicated tab starts
 * with a copy. Must run before the page's own scripts.
 */
export const notesSpeech = `{
  const { attachShadow } = Element.prototype;
  const note = (changes) => {
    for (const { target, addedNodes } of changes) {
      if (target.ariaLive !== "polite") continue;
      const words = [...addedNodes].map(({ textContent }) => textContent);
      sessionStorage.said = [sessionStorage.said, ...words].filter(Boolean).join(" ");
    }
  };
  Element.prototype.attachShadow = function (init) {
    const root = attachShadow.call(this, init);
    new MutationObserver(note).observe(root, { childList: true, subtree: true });
    return root;
  };
}`;

/** What {@link notesSpeech} has recorded, without the words that say that the assistant is typing. */
export async function saidOn(page: Page): Promise<string> {
  const words = await page.evaluate<string | null>("sessionStorage.getItem('said')");
  return (words ?? "").replaceAll("The assistant is typing… ", "");
}
