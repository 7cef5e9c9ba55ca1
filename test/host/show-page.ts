import type { BrowserContext, Page } from "playwright-core";
import type { Stage } from "../e2e/stage.ts";

/** A page of the site. */
export interface HostPage {
  /** `WORKER` stands for the worker's address. */
  html: string;
  path?: string;
  headers?: Record<string, string>;
  /** Runs before the page's own scripts. */
  script?: string;
}

/** A page that a test shows, and what the chat has written to its console. */
export interface ShownPage {
  page: Page;
  /** The chat's own lines on the console. */
  lines: string[];
}

/** Opens a page with this HTML in a new tab. Its origin is the site's, which the tests' assistants allow. */
export async function showPage(context: BrowserContext, stage: Stage, shown: HostPage): Promise<ShownPage> {
  const { path = "/host", script } = shown;
  const page = await context.newPage();
  const lines: string[] = [];
  page.on("console", (message) => {
    if (message.text().includes("Rivulet Chat:")) lines.push(message.text());
  });
  servePage(stage, shown);
  if (script !== undefined) await page.addInitScript(script);
  await page.goto(stage.site.url + path);
  return { page, lines };
}

/**
 * Makes the site serve this HTML. Playwright cannot fulfill the request instead: Chromium does not let such a page load
 * anything from this machine.
 */
export function servePage({ site, proxy }: Stage, { html, path = "/host", headers }: HostPage): void {
  site.pages.set(path, { html: html.replaceAll("WORKER", proxy.url), headers });
}
