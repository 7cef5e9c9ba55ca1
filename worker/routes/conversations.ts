import { Hono } from "hono";
import { readBody } from "../guards/body.ts";
import type { AppEnv } from "../guards/variables.ts";
import { streamEvents } from "../respond.ts";
import { unwrap } from "../visitor/visitor-rpc.ts";
import { titleBody } from "./bodies.ts";
import { visitorOf } from "./visitor-of.ts";

/** The routes of a visitor's conversations, and of the stream with which a tab rejoins a running turn. */
export function conversationRoutes(): Hono<AppEnv> {
  return new Hono<AppEnv>()
    .get("/", async (c) => {
      const { visitor, generation } = visitorOf(c);
      return c.json(unwrap(await visitor.list(generation, c.req.query("cursor"))));
    })
    .get("/:conversation", async (c) => {
      const { visitor, generation } = visitorOf(c);
      return c.json(unwrap(await visitor.read(generation, c.req.param("conversation"), c.req.query("before"))));
    })
    .patch("/:conversation", async (c) => {
      const { title } = await readBody(c, titleBody);
      const { visitor, generation } = visitorOf(c);
      unwrap(await visitor.rename(generation, c.req.param("conversation"), title));
      return c.body(null, 204);
    })
    .delete("/:conversation", async (c) => {
      const { visitor, generation } = visitorOf(c);
      unwrap(await visitor.remove(generation, c.req.param("conversation")));
      return c.body(null, 204);
    })
    .get("/:conversation/stream", async (c) => {
      const { visitor, generation } = visitorOf(c);
      const lastEventId = c.req.header("last-event-id");
      const events = unwrap(await visitor.follow(generation, c.req.param("conversation"), lastEventId));
      return events === null ? c.body(null, 204) : streamEvents(events);
    });
}
