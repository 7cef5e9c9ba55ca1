import { createServer } from "node:http";
import { once } from "node:events";
import { chromium, type Browser } from "playwright-core";
import { browserFlags } from "../../scripts/lib/browser-flags.ts";

/** A website with its own origin that embeds the chat. */
export interface Site {
  /** Without a trailing slash; an origin other than the worker's. */
  readonly url: string;
  close(): void;
}

/**
 * Serves the same page on every path. On `localhost`, because the assistants of the tests allow that origin.
 * @param scripts the texts of other files, by path
 */
export async function startSite(html: string, scripts: Record<string, string> = {}): Promise<Site> {
  const server = createServer(({ url = "/" }, response) => {
    const script = scripts[url];
    if (script !== undefined) {
      response.setHeader("content-type", "text/javascript");
      response.end(script);
      return;
    }
    response.setHeader("content-type", "text/html; charset=utf-8");
    response.end(html);
  }).listen(0, "localhost");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  const close = (): void => {
    server.close();
    server.closeAllConnections();
  };
  return { url: `http://localhost:${port}`, close };
}

/** Options of {@link startBrowser}. */
export interface BrowserOptions {
  /** Enables the back/forward cache. Browsers have it by default; Playwright turns it off. */
  hasBackForwardCache?: boolean;
}

/** Starts headless Chromium: the one at `CHROME_PATH`, or Debian's. */
export function startBrowser({ hasBackForwardCache = false }: BrowserOptions = {}): Promise<Browser> {
  return chromium.launch({
    timeout: 120_000,
    executablePath: process.env["CHROME_PATH"] ?? "/usr/bin/chromium",
    args: [...browserFlags],
    ignoreDefaultArgs: hasBackForwardCache ? ["--disable-back-forward-cache"] : [],
  });
}
