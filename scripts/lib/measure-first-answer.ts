import { chromium, type Browser, type Page } from "playwright-core";
import { findBrowser, noBrowserFound } from "./find-browser.ts";
import { startFirstAnswerServer } from "./first-answer-server.ts";
import { sizeOf, type FileSize } from "./sizes.ts";

/** How long to wait for each step, in milliseconds. The answer takes a second, or a minute on a busy machine. */
const timeoutMs = 120_000;

/** What a new visitor's browser loads, from the script tag to the end of a first answer. */
export interface FirstAnswer {
  /** The files of the built widget, in the order of their requests. */
  files: FileSize[];
  /** URLs of requested resources that are not on the page's own server. There should be none. */
  others: string[];
}

/** Opens the built widget in Chromium, asks a question, and records every request until the answer is complete. */
export async function measureFirstAnswer(): Promise<FirstAnswer> {
  const executablePath = findBrowser();
  if (executablePath === undefined) throw new Error(noBrowserFound);
  const server = await startFirstAnswerServer();
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu", "--disable-quic"] });
  try {
    return await measure(browser, server.url);
  } finally {
    await browser.close();
    server.stop();
  }
}

async function measure(browser: Browser, url: string): Promise<FirstAnswer> {
  const page = await browser.newPage();
  page.setDefaultTimeout(timeoutMs);
  const requested = new Map<string, string>();
  page.on("request", (request) => requested.set(request.url(), request.resourceType()));
  await page.goto(url);
  await ask(page);
  const paths = [...requested].filter(([, type]) => type !== "document" && type !== "fetch").map(([path]) => path);
  const isOwn = (path: string) => path.startsWith(url);
  return {
    files: paths.filter(isOwn).map((path) => sizeOf(new URL(path).pathname.slice(1))),
    others: paths.filter((path) => !isOwn(path)),
  };
}

async function ask(page: Page): Promise<void> {
  const chat = page.locator("rivulet-chat");
  await chat.locator("[part~=launcher]").click();
  await chat.locator("[part~=input]").fill("When are you open?");
  await chat.locator("[part~=input]").press("Enter");
  await chat.locator(".assistant.complete blockquote").waitFor();
  await page.waitForLoadState("networkidle"); // until nothing more is requested after the answer
}
