import { Hono } from "hono";
import { limitAddress } from "../guards/address.ts";
import type { AppEnv } from "../guards/variables.ts";
import { unwrap } from "../visitor/visitor-rpc.ts";
import { visitorOf } from "./visitor-of.ts";

/** The routes that export or delete everything that is stored about a visitor. */
export function visitorRoutes(): Hono<AppEnv> {
  return new Hono<AppEnv>()
    .get("/export", limitAddress("EXPORT_LIMIT"), async (c) => {
      const { visitor, generation } = visitorOf(c);
      return c.body(unwrap(await visitor.export(generation)), 200, { "content-type": "application/json" });
    })
    .delete("/", async (c) => {
      const { visitor, generation } = visitorOf(c);
      unwrap(await visitor.forget(generation));
      return c.body(null, 204);
    });
}
