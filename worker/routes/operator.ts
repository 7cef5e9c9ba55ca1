import { Hono } from "hono";
import type { AssistantLookup } from "../assistants/lookup.ts";
import { readBody } from "../guards/body.ts";
import { namedVisitor } from "../guards/identity.ts";
import { operatorGuard } from "../guards/operator.ts";
import type { AppEnv } from "../guards/variables.ts";
import { signOutBody } from "./bodies.ts";
import { visitorObject } from "./visitor-of.ts";

/** The routes for the operator's own servers. */
export function operatorRoutes(assistants: AssistantLookup): Hono<AppEnv> {
  return new Hono<AppEnv>().use(operatorGuard).post("/sign-out", async (c) => {
    const { sub } = await readBody(c, signOutBody);
    const visitor = await namedVisitor(sub);
    const settings = c.get("settings");
    const objects = assistants.available(settings.isDevelopment).map(({ id: assistant }) => {
      return visitorObject(c.env, settings, { assistant, visitor });
    });
    await Promise.all(objects.map((object) => object.revoke()));
    return c.body(null, 204);
  });
}
