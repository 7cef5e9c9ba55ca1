import type { Context } from "hono";
import type { Env } from "../env.ts";
import type { Settings } from "../settings.ts";
import type { Session } from "../guards/session-token.ts";
import type { AppEnv } from "../guards/variables.ts";
import { inJurisdiction } from "../jurisdiction.ts";
import type { VisitorMethods } from "../visitor/visitor-rpc.ts";

/** The object of a visitor. Its name is built only from verified tokens, never from unverified input. */
export function visitorObject(
  env: Env,
  settings: Settings,
  { assistant, visitor }: Pick<Session, "assistant" | "visitor">,
): VisitorMethods {
  const objects = inJurisdiction(env.VISITOR, settings.jurisdiction);
  return objects.get(objects.idFromName(`${assistant}/${visitor}`));
}

/** The object of the visitor who sent the request, and the generation in their token. */
export function visitorOf(c: Context<AppEnv>): { visitor: VisitorMethods; generation: number } {
  const session = c.get("session");
  return { visitor: visitorObject(c.env, c.get("settings"), session), generation: session.generation };
}
