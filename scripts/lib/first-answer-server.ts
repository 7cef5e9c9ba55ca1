import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import * as v from "valibot";
import { formatEventId, routes, type ChatEvent, type ResponseEvent } from "../../protocol/index.ts";
import { at } from "./root.ts";

/**
 * The measured answer, which uses the Markdown of most answers. It has no code to highlight and no formula: the code
 * for these loads with the first answer that needs it.
 */
export const firstAnswer = `## Opening hours

The **tea room** is open from *Tuesday* to Sunday; see [the calendar](https://example.com/calendar).

1. Reserve a table
2. Bring the code \`TEA\`
   - or call us

| Day | Hours |
|---|--:|
| Tuesday | 9 to 17 |
| Sunday | 11 to 17 |

> Closed on Mondays.
`;

/** Length of each delta of the answer, in characters. */
const deltaChars = 20;

/** What the server needs from a question. */
const question = v.object({ conversation: v.string(), id: v.string() });

const types: Readonly<Record<string, string>> = { js: "text/javascript", css: "text/css" };

/**
 * Serves a page with the script tag, the built widget, and a worker that gives {@link firstAnswer} to every question.
 * @returns the page's address, and a function that stops the server
 */
export async function startFirstAnswerServer(): Promise<{ url: string; stop(): void }> {
  const server = createServer((request, response) => void handle(request, response)).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("the server has no port");
  const stop = (): void => {
    server.close();
    server.closeAllConnections();
  };
  return { url: `http://127.0.0.1:${address.port}/`, stop };
}

async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname } = new URL(request.url ?? "/", "http://localhost");
  const file = at(`dist/widget${pathname}`);
  if (pathname === "/") {
    response.setHeader("content-type", "text/html; charset=utf-8");
    response.end(
      `<!doctype html><html lang="en"><title>Page</title><script src="/rivulet.js" data-assistant="a"></script>`,
    );
  } else if (pathname === routes.assistant("a")) {
    sendJson(response, { id: "a", title: "Assistant", welcome: "Hello.", available: true });
  } else if (pathname === routes.sessions) {
    sendJson(response, { token: "t", expiresInMs: 600_000 });
  } else if (pathname === routes.messages) {
    sendAnswer(response, await text(request));
  } else if (existsSync(file)) {
    response.setHeader("content-type", types[pathname.split(".").at(-1) ?? ""] ?? "application/octet-stream");
    response.end(readFileSync(file));
  } else {
    response.writeHead(404).end();
  }
}

function sendJson(response: ServerResponse, body: object): void {
  response.setHeader("content-type", "application/json");
  response.end(JSON.stringify(body));
}

function sendAnswer(response: ServerResponse, body: string): void {
  const { conversation, id } = v.parse(question, JSON.parse(body));
  const answer = crypto.randomUUID();
  const deltas = firstAnswer.match(new RegExp(`[\\s\\S]{1,${deltaChars}}`, "g")) ?? [];
  const ending: ResponseEvent = {
    type: "response",
    messageId: answer,
    content: firstAnswer,
    finishReason: "stop",
    usage: { inputTokens: 1, outputTokens: 1, source: "provider" },
    citations: [],
    sources: [],
    timing: { contextMs: null, firstTokenMs: 1, totalMs: 2 },
  };
  const events: ChatEvent[] = [
    { type: "start", messageId: answer, userMessageId: id, conversationId: conversation, assistant: "a" },
    ...deltas.map((content) => ({ type: "delta", content }) as const),
    ending,
  ];
  response.setHeader("content-type", "text/event-stream");
  const frames = events.map((event, index) => {
    const eventId = formatEventId({ answer, seq: index + 1 });
    return `id: ${eventId}\ndata: ${JSON.stringify(event)}\n\n`;
  });
  response.end(frames.join(""));
}
