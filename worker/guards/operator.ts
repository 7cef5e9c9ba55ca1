import type { MiddlewareHandler } from "hono";
import { ChatError } from "../../protocol/index.ts";
import type { AppEnv } from "./variables.ts";

/**
 * Lets a request through if it carries `OPERATOR_SECRET`. The operator's own servers send it, so there is no `Origin`.
 * @throws ChatError `not_found` while the secret is not set, `unauthorized` if it is wrong
 */
export const operatorGuard: MiddlewareHandler<AppEnv> = async (c, next) => {
  const { operatorSecret } = c.get("settings");
  if (operatorSecret === undefined) throw new ChatError("not_found");
  const [, given = ""] = /^Bearer (.{1,1024})$/i.exec(c.req.header("authorization") ?? "") ?? [];
  if (!(await isSame(given, operatorSecret))) throw new ChatError("unauthorized");
  await next();
};

/** Compares the hashes of two texts, so that the time it takes tells nothing about them. */
async function isSame(one: string, other: string): Promise<boolean> {
  const hash = (text: string) => crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return crypto.subtle.timingSafeEqual(await hash(one), await hash(other));
}
