import { Agent, request, type IncomingMessage } from "node:http";
import { nowMs } from "../lib/clock.ts";
import { PieceReader } from "./piece-reader.ts";
import type { Questions, ReceivedStream } from "./target.ts";
import type { Visitor, VisitorPool } from "./visitors.ts";

/** Asks questions, a given number of them at a time, and reads the answers. */
export async function askAll(questions: Questions, visitors?: VisitorPool): Promise<ReceivedStream[]> {
  const { count, atOnce } = questions;
  const agent = new Agent({ keepAlive: true });
  const streams: ReceivedStream[] = [];
  let next = 0;
  const work = async () => {
    while (next < count) {
      const index = next++;
      streams[index] = await askOne(questions, visitors?.next(), agent);
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.min(atOnce, count) }, work));
  } finally {
    agent.destroy();
  }
  return streams;
}

async function askOne(
  { target, pieces }: Questions,
  visitor: Visitor | undefined,
  agent: Agent,
): Promise<ReceivedStream> {
  const body = visitor
    ? { conversation: visitor.conversation, id: crypto.randomUUID(), userPrompt: question }
    : { model: "claude-opus-5", max_tokens: 1000, stream: true, messages: [{ role: "user", content: question }] };
  const headers = { ...(visitor?.headers ?? providerHeaders), ...target.headers, "content-type": "application/json" };
  const cameAt = new Float64Array(pieces);
  const stream: ReceivedStream = { askedAt: nowMs(), endedAt: 0, number: Number.NaN, cameAt, strays: 0 };
  const ended = Promise.withResolvers<void>();
  const fail = (problem: string) => {
    stream.error ??= problem;
    ended.resolve();
  };
  const sent = request(`${target.url}/v1/messages`, { method: "POST", agent, headers }, (response) => {
    readAnswer(response, new PieceReader(target.wire, stream, pieces), fail).then(ended.resolve, (error: unknown) =>
      fail(String(error)),
    );
  });
  sent.on("error", (error) => fail(String(error)));
  sent.end(JSON.stringify(body));
  await ended.promise;
  stream.endedAt = nowMs();
  return stream;
}

async function readAnswer(
  response: IncomingMessage,
  reader: PieceReader,
  fail: (problem: string) => void,
): Promise<void> {
  response.setEncoding("utf8");
  if (response.statusCode !== 200) {
    const text = (await response.toArray()).join("");
    return fail(`status ${response.statusCode}: ${text.slice(0, 200)}`);
  }
  const ended = Promise.withResolvers<void>();
  response.on("data", (text: string) => reader.feed(text, nowMs()));
  response.on("end", ended.resolve);
  response.on("error", ended.reject);
  await ended.promise;
  if (!reader.isWhole) fail("the stream did not say that it is complete");
}

const question = "Which light on the core means a fault, and what should I do about it before I call somebody?";

const providerHeaders = { "x-api-key": "bench", "anthropic-version": "2023-06-01" };
