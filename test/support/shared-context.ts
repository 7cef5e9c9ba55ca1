import type { Browser, BrowserContext, BrowserContextOptions } from "playwright-core";
import type { Site } from "./site.ts";

/** A browser context that tests use one after the other, each with tabs of its own. */
export interface SharedContext {
  context: BrowserContext;
  /**
   * Closes the tabs of a test, and removes what it has stored, its routes and its permissions. Some things cannot be
   * removed from a context, such as an init script. A test must add these to its page, not to the context.
   */
  clear(): Promise<void>;
}

/**
 * Opens a context for several tests. One of its tabs stays open. The others use that tab's process, in which the chat's
 * code is already compiled, which saves a third of a page's CPU time. A test of what is stored in the cache, or of what
 * the first visit loads, needs a context of its own.
 */
export async function shareContext(
  { browser, site }: { browser: Browser; site: Site },
  options: BrowserContextOptions,
): Promise<SharedContext> {
  const context = await browser.newContext(options);
  const kept = await context.newPage();
  site.pages.set("/kept", { html: "<!doctype html><title>A tab that stays open</title>" });
  await kept.goto(`${site.url}/kept`);
  const clear = async () => {
    await context.unrouteAll({ behavior: "ignoreErrors" });
    await context.setOffline(false);
    const others = context.pages().filter((page) => page !== kept);
    await Promise.all(others.map((page) => page.close()));
    await kept.evaluate("localStorage.clear()");
    await context.clearCookies();
    await context.clearPermissions();
  };
  return { context, clear };
}
