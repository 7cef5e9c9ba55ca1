import assert from "node:assert/strict";
import { createServer } from "node:http";
import { once } from "node:events";
import { chromium, type Browser } from "playwright-core";
import { browserFlags } from "../../scripts/lib/browser-flags.ts";
import { findBrowsers, noBrowserFound } from "../../scripts/lib/find-browser.ts";

/** Flags that save CPU time in a browser that lives for only a few seconds. No page can see them. */
const shortLivedFlags = [
  "--renderer-process-limit=1", // all pages of a site and context share a process, and its compiled code
  "--js-flags=--no-opt --no-maglev", // optimized code would not run often enough to pay for its compilation
];

/** A page of a website. */
export interface SitePage {
  html: string;
  headers?: Record<string, string>;
}

/** A website with its own origin that embeds the chat. */
export interface Site {
  /** Without a trailing slash; an origin other than the worker's. */
  readonly url: string;
  /** The pages that tests have added, by path. Every other path has the default page. */
  readonly pages: Map<string, SitePage>;
  close(): void;
}

/**
 * Serves pages on `localhost`, because the assistants of the tests allow that origin.
 * @param html the default page
 * @param scripts the texts of script files, by path
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
}

/**
 * Starts Chromium without a window: its headless shell, unless the test needs what only the complete one has. All pages
 * of a site and context run in one process, as in a browser that has many tabs.
 */
export function startBrowser({ hasBackForwardCache = false }: BrowserOptions = {}): Promise<Browser> {
  const browsers = findBrowsers();
  assert.ok(browsers, noBrowserFound);
  return chromium.launch({
    timeout: 120_000,
    executablePath: hasBackForwardCache ? browsers.chromium : browsers.shell,
    args: [...browserFlags, ...shortLivedFlags],
    ignoreDefaultArgs: hasBackForwardCache ? ["--disable-back-forward-cache"] : [],
  });
}
