import { Hono } from "hono";
import { ChatError } from "../../protocol/index.ts";
import { readBody } from "../guards/body.ts";
import type { AppEnv } from "../guards/variables.ts";
import { streamEvents } from "../respond.ts";
import { unwrap } from "../visitor/methods.ts";
import { messageBody, stopBody } from "./bodies.ts";
import { visitorOf } from "./visitor-of.ts";

/** A question, answered as a stream. */
export function messageRoutes(): Hono<AppEnv> {
  return new Hono<AppEnv>().post("/", async (c) => {
    const body = await readBody(c, messageBody);
    const assistant = c.get("assistant");
    if (assistant === undefined) throw new ChatError("not_found");
    if (body.userPrompt.length > assistant.limits.maxPromptChars) throw new ChatError("prompt_too_long");
    const question = { ...body, assistant: assistant.id, requestId: c.get("requestId") };
    return streamEvents(unwrap(await visitorOf(c).ask(question)));
  });
}

/** Ends a running answer. */
export function stopRoutes(): Hono<AppEnv> {
  return new Hono<AppEnv>().post("/", async (c) => {
    const { conversation, messageId } = await readBody(c, stopBody);
    const wasRunning = unwrap(await visitorOf(c).stop(conversation, messageId));
    return c.body(null, wasRunning ? 202 : 204);
  });
}
