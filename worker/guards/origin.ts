import type { MiddlewareHandler } from "hono";
import { ChatError } from "../../protocol/index.ts";
import { isOriginAllowed } from "../assistants/origins.ts";
import type { AppEnv } from "./variables.ts";

/** How much of an origin is logged, in characters: a host name has at most 253. */
const maxOriginChars = 280;

/**
 * Checks the origin of a request. `Origin` is required and must match a pattern. Only a GET may omit it, because a
 * browser omits it on a GET to the page's own origin.
 * @param assistant the id of the assistant that the patterns belong to; undefined for the patterns of all assistants
 * @throws ChatError `origin_not_allowed`, whose detail names the origin
 */
export function checkOrigin(request: Request, patterns: readonly string[], assistant?: string): void {
  const origin = request.headers.get("origin");
  if (origin === null && request.method === "GET") return;
  if (origin === null || !isOriginAllowed(origin, patterns)) throw originNotAllowed(origin, assistant);
}

/** The error for an origin that an assistant does not list or, if `assistant` is omitted, that no assistant lists. */
export function originNotAllowed(origin: string | null, assistant = "<id>"): ChatError {
  return new ChatError("origin_not_allowed", { detail: describeOrigin(origin, assistant) });
}

function describeOrigin(origin: string | null, assistant: string): string {
  if (origin === null) return "the request has no Origin";
  if (origin === "null") return "the page has no origin: it is in a frame with sandbox, or was opened from a file";
  const fix = `to allow it, add it to origins in assistants/${assistant}/assistant.ts`;
  return `the origin is ${origin.slice(0, maxOriginChars)}: ${fix}`;
}

/**
 * Refuses an origin that no assistant allows, before anything else is checked. Whether the origin may use one
 * particular assistant is checked once that assistant is known.
 * @param patterns returns the patterns of all assistants. It is called for each request, because development has more
 *   assistants
 */
export function originGuard(patterns: (isDevelopment: boolean) => readonly string[]): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    checkOrigin(c.req.raw, patterns(c.get("settings").isDevelopment));
    await next();
  };
}
