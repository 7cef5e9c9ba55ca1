import type { IncomingMessage, ServerResponse } from "node:http";
import { text as readText } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { answer, type AnswerPart } from "./answer.ts";
import { pace, pieces } from "./pace.ts";
import { followUpMarkIn, readPrompt, type Passage, type ReceivedMessage } from "./prompt.ts";
import { estimateTokens } from "./tokens.ts";

/** The parts of a request that the stand-in reads. */
interface Body {
  model?: string;
  messages?: { role: "user" | "assistant"; content: string | Block[] }[];
}

type Block = { type: "text"; text: string } | { type: "search_result"; title: string; content: { text: string }[] };

/**
 * Answers a request to Anthropic's Messages API with a stream, citations included.
 * @see https://platform.claude.com/docs/en/build-with-claude/streaming
 * @see https://platform.claude.com/docs/en/build-with-claude/search-results
 */
export async function answerAsAnthropic(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const sent = await readText(request);
  const body: unknown = JSON.parse(sent);
  const { model = "claude", messages = [] } = isBody(body) ? body : {};
  const received = messages.map(readMessage);
  const hasResults = messages.some(({ content }) => typeof content !== "string" && content.some(isResult));
  const parts = answer({ model, messages: received, citesBySelf: !hasResults });
  const usage = { input_tokens: estimateTokens(sent), output_tokens: 1 };

  const left = new AbortController();
  response.on("close", () => left.abort());
  const send = (event: { type: string } & Record<string, unknown>) =>
    response.write(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
  response.writeHead(200, { "content-type": "text/event-stream" });
  const message = { id: "msg_stand_in", type: "message", role: "assistant", content: [], stop_reason: null };
  send({ type: "message_start", message: { ...message, stop_sequence: null, model, usage } });
  try {
    await sleep(pace.ttft, undefined, { signal: left.signal });
    for (const [index, block] of blocksOf(parts).entries()) {
      send({ type: "content_block_start", index, content_block: { type: "text", text: "" } });
      for await (const piece of pieces(block.text, left.signal)) {
        send({ type: "content_block_delta", index, delta: { type: "text_delta", text: piece } });
      }
      if (block.cites !== undefined) {
        send({
          type: "content_block_delta",
          index,
          delta: { type: "citations_delta", citation: cite(block.cites, received) },
        });
      }
      send({ type: "content_block_stop", index });
    }
    const outputTokens = estimateTokens(parts.map(({ text }) => text).join(""));
    const end = { stop_reason: "end_turn", stop_sequence: null };
    send({ type: "message_delta", delta: end, usage: { output_tokens: outputTokens } });
    send({ type: "message_stop" });
  } catch (error) {
    if (!left.signal.aborted) throw error;
  }
  response.end();
}

/** Only the worker of this repository sends requests, so they have this form. */
function isBody(value: unknown): value is Body {
  return typeof value === "object" && value !== null;
}

/** Joins adjacent parts without citations into one block, as the API does. */
function blocksOf(parts: readonly AnswerPart[]): AnswerPart[] {
  const blocks: AnswerPart[] = [];
  for (const part of parts) {
    const last = blocks.at(-1);
    if (last !== undefined && last.cites === undefined && part.cites === undefined) last.text += part.text;
    else blocks.push({ ...part });
  }
  return blocks;
}

function readMessage({ role, content }: NonNullable<Body["messages"]>[number]): ReceivedMessage {
  if (typeof content === "string") return { role, ...readPrompt(content) };
  const passages = content.filter(isResult).map((block, at): Passage => ({
    number: at + 1,
    title: block.title,
    text: block.content.map(({ text }) => text).join(""),
  }));
  const texts = content.flatMap((block) => (block.type === "text" ? [block.text] : []));
  // With results, the question is a block of its own, after the one that tells the model about the results.
  if (passages.length > 0)
    return { role, text: texts.at(-1) ?? "", passages, followUpMark: followUpMarkIn(texts[0] ?? "") };
  return { role, ...readPrompt(texts.join("")) };
}

function isResult(block: Block): block is Extract<Block, { type: "search_result" }> {
  return block.type === "search_result";
}

function cite({ number, quote }: NonNullable<AnswerPart["cites"]>, received: readonly ReceivedMessage[]) {
  const title = received.at(-1)?.passages?.find((passage) => passage.number === number)?.title ?? null;
  return {
    type: "search_result_location",
    search_result_index: number - 1,
    cited_text: quote,
    source: title ?? "",
    title,
    start_block_index: 0,
    end_block_index: 1,
  };
}
