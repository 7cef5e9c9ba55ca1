import type { MiddlewareHandler } from "hono";
import { ChatError } from "../../protocol/index.ts";
import { isOriginAllowed } from "../assistants/origins.ts";
import type { AppEnv } from "./variables.ts";

/**
 * Whether a request may come from where it says: an `Origin` is required and must be on the list, but for GET, where a
 * browser leaves it out on the page's own origin.
 * @throws ChatError `origin_not_allowed`
 */
export function checkOrigin(request: Request, patterns: readonly string[]): void {
  const origin = request.headers.get("origin");
  if (origin === null && request.method === "GET") return;
  if (origin === null || !isOriginAllowed(origin, patterns)) throw new ChatError("origin_not_allowed");
}

/**
 * Refuses an origin that no assistant knows, before anything else is looked at. Which assistant it may use is checked
 * where the assistant is known.
 * @param patterns of all assistants together, asked a request since development has more of them
 */
export function originGuard(patterns: (isDevelopment: boolean) => readonly string[]): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    checkOrigin(c.req.raw, patterns(c.get("settings").isDevelopment));
    await next();
  };
}
