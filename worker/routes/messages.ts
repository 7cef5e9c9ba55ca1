import { Hono, type Context } from "hono";
import { ChatError } from "../../protocol/index.ts";
import type { Assistant } from "../assistants/assistant.ts";
import { addressKey, limitAddress } from "../guards/address.ts";
import { readBody } from "../guards/body.ts";
import type { AppEnv } from "../guards/variables.ts";
import { streamEvents } from "../respond.ts";
import { unwrap } from "../visitor/visitor-rpc.ts";
import { feedbackBody, handoverBody, messageBody, regenerateBody, stopBody } from "./bodies.ts";
import { visitorOf } from "./visitor-of.ts";

/** The routes of messages: ask a question, regenerate an answer, stop it, rate it, and write to a person. */
export function messageRoutes(): Hono<AppEnv> {
  return new Hono<AppEnv>()
    .post("/messages", limitAddress("ADDRESS_LIMIT"), async (c) => {
      const body = await readBody(c, messageBody);
      const assistant = assistantOf(c);
      if (body.userPrompt.length > assistant.limits.maxPromptChars) throw new ChatError("prompt_too_long");
      const { visitor, generation } = visitorOf(c);
      const question = {
        ...body,
        assistant: assistant.id,
        requestId: c.get("requestId"),
        address: await addressKey(c),
      };
      return streamEvents(unwrap(await visitor.ask(generation, question)));
    })
    .post("/regenerate", limitAddress("ADDRESS_LIMIT"), async (c) => {
      const body = await readBody(c, regenerateBody);
      const { visitor, generation } = visitorOf(c);
      const regeneration = {
        ...body,
        assistant: assistantOf(c).id,
        requestId: c.get("requestId"),
        address: await addressKey(c),
      };
      return streamEvents(unwrap(await visitor.regenerate(generation, regeneration)));
    })
    .post("/stop", async (c) => {
      const { conversation, messageId } = await readBody(c, stopBody);
      const { visitor, generation } = visitorOf(c);
      const wasRunning = unwrap(await visitor.stop(generation, conversation, messageId));
      return c.body(null, wasRunning ? 202 : 204);
    })
    .post("/feedback", async (c) => {
      const { conversation, message, rating, comment } = await readBody(c, feedbackBody);
      const { visitor, generation } = visitorOf(c);
      const feedback = rating && { rating, comment };
      unwrap(await visitor.rate(generation, conversation, message, feedback));
      return c.body(null, 204);
    })
    .post("/handover", limitAddress("ADDRESS_LIMIT"), async (c) => {
      const body = await readBody(c, handoverBody);
      const { visitor, generation } = visitorOf(c);
      const press = { ...body, assistant: assistantOf(c).id, address: await addressKey(c) };
      unwrap(await visitor.handOver(generation, press));
      return c.body(null, 202);
    });
}

function assistantOf(c: Context<AppEnv>): Assistant {
  const assistant = c.get("assistant");
  if (assistant === undefined) throw new ChatError("not_found");
  return assistant;
}
