import assert from "node:assert/strict";
import { createServer } from "node:http";
import { once } from "node:events";
import { chromium, type Browser } from "playwright-core";
import { browserFlags } from "../../scripts/lib/browser-flags.ts";
import { findBrowsers, noBrowserFound } from "../../scripts/lib/find-browser.ts";

/** A page of a website. */
export interface SitePage {
  html: string;
  headers?: Record<string, string>;
}

/** A website with its own origin that embeds the chat. */
export interface Site {
  /** Without a trailing slash; an origin other than the worker's. */
  readonly url: string;
  /** Pages of single tests, by path. Every other path has the same page. */
  readonly pages: Map<string, SitePage>;
  close(): void;
}

/**
 * Serves pages on `localhost`, because the assistants of the tests allow that origin.
 * @param scripts the texts of other files, by path
 */
export async function startSite(html: string, scripts: Record<string, string> = {}): Promise<Site> {
  const pages = new Map<string, SitePage>();
  const server = createServer(({ url = "/" }, response) => {
    const script = scripts[url];
    if (script !== undefined) {
      response.setHeader("content-type", "text/javascript");
      response.end(script);
      return;
    }
    const page = pages.get(new URL(url, "http://localhost").pathname) ?? { html };
    response.writeHead(200, { "content-type": "text/html; charset=utf-8", ...page.headers });
    response.end(page.html);
  }).listen(0, "localhost");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  const close = (): void => {
    server.close();
    server.closeAllConnections();
  };
  return { url: `http://localhost:${port}`, pages, close };
}

/** Options of {@link startBrowser}. */
export interface BrowserOptions {
  /** Enables the back/forward cache. Browsers have it by default; Playwright turns it off. */
  hasBackForwardCache?: boolean;
  /** Runs all pages of a site and context in one process, as browsers do when they have many. */
  hasOneRenderer?: boolean;
}

/** Starts Chromium without a window: its headless shell, unless the test needs what only the complete one has. */
export function startBrowser(options: BrowserOptions = {}): Promise<Browser> {
  const { hasBackForwardCache = false, hasOneRenderer = false } = options;
  const browsers = findBrowsers();
  assert.ok(browsers, noBrowserFound);
  return chromium.launch({
    timeout: 120_000,
    executablePath: hasBackForwardCache ? browsers.chromium : browsers.shell,
    args: [...browserFlags, ...(hasOneRenderer ? ["--renderer-process-limit=1"] : [])],
    ignoreDefaultArgs: hasBackForwardCache ? ["--disable-back-forward-cache"] : [],
  });
}
