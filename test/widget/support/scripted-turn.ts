import type { ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { ChatError, formatEventId } from "../../../protocol/index.ts";
import type { ChatEvent, ErrorCode, Source, Usage } from "../../../protocol/index.ts";
import type { Step } from "./scripts.ts";

/** A turn that plays a script. */
export interface Turn {
  answer: string;
  question: string;
  conversation: string;
  createdAt: number;
  events: ChatEvent[];
  isOver: boolean;
  isStopped: boolean;
  changed: EventTarget;
}

const usage: Usage = { inputTokens: 12, outputTokens: 34, source: "provider" };

/** Plays a script into a turn. */
export async function play(turn: Turn, steps: Step[], cut: () => void): Promise<void> {
  const { question, conversation } = turn;
  const ids = { messageId: turn.answer, userMessageId: question, conversationId: conversation };
  add(turn, { type: "start", ...ids, assistant: "brook" });
  for (const step of steps) {
    if (turn.isStopped) return;
    if ("event" in step) add(turn, step.event);
    else if ("waitMs" in step) await sleep(step.waitMs);
    else if ("cut" in step) cut();
    else if ("text" in step) await write(turn, step);
    else if ("end" in step) end(turn, step.end, step.sources);
    else if ("fail" in step) fail(turn, step.fail, step.retryAfterMs);
  }
}

async function write(turn: Turn, { text, pieceChars, everyMs }: Extract<Step, { text: string }>): Promise<void> {
  for (let at = 0; at < text.length && !turn.isStopped; at += pieceChars) {
    add(turn, { type: "delta", content: text.slice(at, at + pieceChars) });
    await sleep(everyMs);
  }
}

/** Ends a turn with a response. */
export function end(turn: Turn, finishReason: Extract<Step, { end: unknown }>["end"], given?: Source[]): void {
  const timing = { contextMs: null, firstTokenMs: 1, totalMs: 2 };
  const content = contentOf(turn);
  const sources = given ?? turn.events.findLast((event) => event.type === "sources")?.sources ?? [];
  const citations = turn.events
    .filter((event) => event.type === "citation")
    .map(({ index, quote, at }) => ({ index, quote, at }));
  add(turn, { type: "response", messageId: turn.answer, content, finishReason, usage, citations, sources, timing });
}

function fail(turn: Turn, code: ErrorCode, retryAfterMs?: number): void {
  const { message } = new ChatError(code);
  const requestId = crypto.randomUUID();
  const content = contentOf(turn);
  add(turn, {
    type: "error",
    messageId: turn.answer,
    code,
    message,
    requestId,
    retryable: true,
    retryAfterMs,
    usage,
    content,
  });
}

/** The text that a turn has written so far. */
export function contentOf(turn: Turn): string {
  return turn.events.map((event) => (event.type === "delta" ? event.content : "")).join("");
}

function add(turn: Turn, event: ChatEvent): void {
  if (turn.isOver) return;
  turn.events.push(event);
  turn.isOver = event.type === "response" || event.type === "error";
  turn.changed.dispatchEvent(new Event("change"));
}

/** Sends the events of a turn that follow the event with the number `after`, including those that are yet to come. */
export async function stream(turn: Turn, after: number, response: ServerResponse): Promise<void> {
  response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-cache, no-transform" });
  response.write("retry: 1000\n\n: hello\n\n");
  let next = after;
  const send = () => {
    for (const event of turn.events.slice(next)) {
      next += 1;
      const id = formatEventId({ answer: turn.answer, seq: next });
      response.write(`id: ${id}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
    }
    if (turn.isOver) response.end();
  };
  turn.changed.addEventListener("change", send);
  response.on("close", () => turn.changed.removeEventListener("change", send));
  send();
}
