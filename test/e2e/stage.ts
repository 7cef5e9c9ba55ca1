import { createServer, connect, type Socket } from "node:net";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { anthropicAnswer, slowly, startFaultServer, type FaultServer } from "../fault-server/index.ts";
import { startBrowser, startSite, type BrowserOptions, type Site } from "../support/site.ts";
import { startTestWorker, type TestWorker } from "../support/worker.ts";

/** A TCP proxy whose connections can be killed, as a tunnel or a proxy does. */
export interface CuttableProxy {
  /** Without a slash at its end. */
  readonly url: string;
  /** Destroys every connection; whether there were any. */
  cut(): boolean;
  close(): void;
}

/** Everything that a chat takes, each part real and on an origin of its own. */
export interface Stage {
  upstream: FaultServer;
  worker: TestWorker;
  proxy: CuttableProxy;
  browser: Browser;
  site: Site;
  close(): Promise<void>;
}

/** How a stage is set up. */
export interface StageOptions extends BrowserOptions {
  /** Runs in the page, before the script tag. */
  script?: string;
  /** The worker's. */
  variables?: Record<string, string>;
}

/** Sets up a site that brings the chat by its script tag, which reaches the worker through a proxy that can be cut. */
export async function setStage(options: StageOptions = {}): Promise<Stage> {
  const upstream = await startFaultServer();
  const worker = await startTestWorker({
    assets: "dist/widget",
    variables: { ANTHROPIC_API_KEY: "k", ANTHROPIC_BASE_URL: upstream.url, ...options.variables },
  });
  const proxy = await startProxy(Number(new URL(worker.url).port));
  const tag = `<script src="${proxy.url}/rivulet.js" data-assistant="anthropic" async></script>`;
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
  return { upstream, worker, proxy, browser, site, close };
}

async function startProxy(port: number): Promise<CuttableProxy> {
  const sockets = new Set<Socket>();
  const server = createServer((inner) => {
    const outer = connect(port, "127.0.0.1");
    for (const socket of [inner, outer]) {
      sockets.add(socket);
      socket.on("close", () => sockets.delete(socket));
      socket.on("error", () => undefined); // a cut is what it is for
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

/** An answer in many pieces with all that is awkward about text, in plain paragraphs. */
export const longAnswer = Array.from({ length: 60 }, (_, at) => `word${at} – “ü” 河流 🌊 `);

/** That answer, as the page has it in the end. */
export const wholeAnswer = longAnswer.join("").trim();

/** With it that answer's last piece begins. */
export const lastWord = `word${longAnswer.length - 1} `;

/** Makes the upstream write that answer, so many milliseconds a piece. */
export function answerSlowly(upstream: FaultServer, paceMs: number): void {
  upstream.reset();
  upstream.script(() => slowly(paceMs, anthropicAnswer({ text: longAnswer })));
}

/** Opens a page of the site and gathers what the console complains of. */
export async function visit(context: BrowserContext, site: Site, path = "/"): Promise<Page> {
  const page = await context.newPage();
  await page.goto(site.url + path);
  return page;
}

/** Opens the panel, if it is not open. */
export async function openPanel(page: Page): Promise<void> {
  const chat = page.locator("rivulet-chat");
  await chat.locator("[part~=launcher]").waitFor({ state: "attached" });
  if (!(await chat.evaluate((element) => element.hasAttribute("open")))) await chat.locator("[part~=launcher]").click();
  await chat.locator("[part~=input]").waitFor();
}

/** Opens a page of the site and the chat on it, ready for a first question. */
export async function visitChat(context: BrowserContext, site: Site, path?: string): Promise<Page> {
  const page = await visit(context, site, path);
  await openPanel(page);
  await page.locator("rivulet-chat .welcome:not(.loading)").waitFor();
  return page;
}

/** Types a question and sends it; it is on the page then. */
export async function ask(page: Page, question: string): Promise<void> {
  const input = page.locator("rivulet-chat [part~=input]");
  await input.fill(question);
  await input.press("Enter");
  await page.evaluate("new Promise(requestAnimationFrame)");
}

/** Waits until the last answer holds a text. */
export async function waitForAnswer(page: Page, words: string, timeout = 15_000): Promise<void> {
  await page.locator("rivulet-chat [part~=answer]").last().filter({ hasText: words }).waitFor({ timeout });
}

/** The text of every question on the page. */
export function questionsOn(page: Page): Promise<string[]> {
  return page.locator("rivulet-chat [part~=question]").allTextContents();
}

/** The text of every answer on the page. */
export async function answersOn(page: Page): Promise<string[]> {
  const texts = await page.locator("rivulet-chat [part~=answer]").allTextContents();
  return texts.map((text) => text.trim());
}

/** Waits until something is so. @throws after `withinMs` */
export async function eventually(isSo: () => Promise<boolean> | boolean, withinMs = 5000): Promise<number> {
  const start = performance.now();
  while (!(await isSo())) {
    if (performance.now() - start > withinMs) throw new Error(`Waited ${withinMs} ms for ${isSo.toString()}`);
    await sleep(20);
  }
  return performance.now() - start;
}
