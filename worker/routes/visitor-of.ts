import type { Context } from "hono";
import type { AppEnv } from "../guards/variables.ts";
import type { VisitorMethods } from "../visitor/methods.ts";

/** The object of the visitor who is asking. Its name is made of what the worker itself signed, and nothing else. */
export function visitorOf(c: Context<AppEnv>): VisitorMethods {
  const { assistant, visitor } = c.get("session");
  return c.env.VISITOR.get(c.env.VISITOR.idFromName(`${assistant}/${visitor}`));
}
