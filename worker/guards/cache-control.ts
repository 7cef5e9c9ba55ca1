import type { MiddlewareHandler } from "hono";
import { routePath } from "hono/route";
import type { AppEnv } from "./variables.ts";

/** The successful responses that a cache may keep, by route: they are the same for every visitor. */
const exceptions: Readonly<Record<string, string>> = {
  "/v1/health": "no-cache",
  "/v1/assistants/:assistant": "public, max-age=60",
  "/v1/challenge/frame.js": "public, max-age=3600",
  "/v1/challenge/:assistant": "no-cache",
};

/**
 * Sets `Cache-Control` on every response: `no-store`, unless the response is one of the exceptions. Without the header,
 * a browser may keep a response, and any script of the page could read it after the visitor has signed out. This is the
 * first middleware, so that preflights and errors have the header too. `docs/caching.md` lists every outcome.
 */
export const cacheControl: MiddlewareHandler<AppEnv> = async (c, next) => {
  await next();
  const { status, headers } = c.res;
  const isStored = c.req.method === "GET" && (status === 200 || status === 304);
  // no-transform: a proxy that compresses a stream would delay its events.
  const byDefault = headers.get("content-type") === "text/event-stream" ? "no-store, no-transform" : "no-store";
  headers.set("cache-control", (isStored && exceptions[routePath(c)]) || byDefault);
};
