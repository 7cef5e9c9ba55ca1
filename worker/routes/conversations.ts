import { Hono } from "hono";
import type { AppEnv } from "../guards/variables.ts";
import { streamEvents } from "../respond.ts";
import { unwrap } from "../visitor/methods.ts";
import { visitorOf } from "./visitor-of.ts";

/** The visitor's conversations, and the stream of a running turn for a tab that comes back. */
export function conversationRoutes(): Hono<AppEnv> {
  return new Hono<AppEnv>()
    .get("/", async (c) => c.json(unwrap(await visitorOf(c).list(c.req.query("cursor")))))
    .get("/:conversation", async (c) => {
      return c.json(unwrap(await visitorOf(c).read(c.req.param("conversation"), c.req.query("before"))));
    })
    .get("/:conversation/stream", async (c) => {
      const lastEventId = c.req.header("last-event-id");
      const events = unwrap(await visitorOf(c).follow(c.req.param("conversation"), lastEventId));
      return events === null ? c.body(null, 204) : streamEvents(events);
    });
}
