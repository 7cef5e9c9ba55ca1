import type { MiddlewareHandler } from "hono";
import { ChatError } from "../../protocol/index.ts";
import { isOriginAllowed } from "../assistants/origins.ts";
import type { AppEnv } from "./variables.ts";

/**
 * Checks the origin of a request. `Origin` is required and must match a pattern. Only a GET may omit it, because a
 * browser omits it on a GET to the page's own origin.
 * @throws ChatError `origin_not_allowed`
 */
export function checkOrigin(request: Request, patterns: readonly string[]): void {
  const origin = request.headers.get("origin");
  if (origin === null && request.method === "GET") return;
  if (origin === null || !isOriginAllowed(origin, patterns)) throw new ChatError("origin_not_allowed");
}

/**
 * Refuses an origin that no assistant allows, before anything else is checked. Whether the origin may use one
 * particular assistant is checked once that assistant is known.
 * @param patterns of all assistants together; called per request, because development has more assistants
 */
export function originGuard(patterns: (isDevelopment: boolean) => readonly string[]): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    checkOrigin(c.req.raw, patterns(c.get("settings").isDevelopment));
    await next();
  };
}
