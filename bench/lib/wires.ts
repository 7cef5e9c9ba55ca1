import { benchConversation } from "./conversation.ts";

/** The stream format of one contestant: what is sent at the beginning, for each piece, and at the end. */
export interface Wire {
  begin(): string;
  piece(content: string): string;
  end(whole: string): string;
}

const data = (value: unknown) => `data: ${JSON.stringify(value)}\n\n`;

let seq = 0;
const event = (type: string, fields: object) =>
  `id: a.${(seq += 1)}\nevent: ${type}\ndata: ${JSON.stringify({ type, ...fields })}\n\n`;

const usage = { inputTokens: 1, outputTokens: 1, source: "provider" };

/** The stream formats, by the path that a page requests. */
export const wires: Readonly<Record<string, Wire>> = {
  "/plain": { begin: () => "", piece: (content) => data({ text: content }), end: () => "" },
  "/persona": {
    begin: () => "",
    piece: (content) => data({ type: "step_delta", text: content }),
    end: () => data({ type: "flow_complete" }),
  },
  "/snippet/chat/completions": {
    begin: () => "",
    piece: (content) => data({ choices: [{ delta: { content } }] }),
    end: () => "data: [DONE]\n\n",
  },
  "/rivulet/v1/messages": {
    begin() {
      seq = 0;
      return event("start", { messageId: "a", userMessageId: "q", conversationId: "c", assistant: "bench" });
    },
    piece: (content) => event("delta", { content }),
    end: (content) =>
      event("response", {
        ...{ messageId: "a", content, finishReason: "stop", usage, citations: [], sources: [] },
        timing: { contextMs: null, firstTokenMs: 1, totalMs: 2 },
      }),
  },
};

/** Answers this widget's other requests: for its assistant, a session, and the conversation, page by page. */
export function answerRivulet(method: string, url: URL): { status: number; body: unknown } | undefined {
  const [, isWhole, path] = /^\/rivulet(-whole)?(\/v1\/.*)$/.exec(url.pathname) ?? [];
  if (path?.startsWith("/v1/assistants/")) return { status: 200, body: profile };
  if (method === "POST" && path === "/v1/sessions") {
    return { status: 201, body: { token: "t", expiresInMs: 600_000, visitor: "v" } };
  }
  if (path === "/v1/conversations") {
    const now = Date.now();
    const summary = { id: "c", title: "Long", createdAt: now, updatedAt: now, messageCount: conversation.length };
    return { status: 200, body: { conversations: [summary] } };
  }
  if (path === "/v1/conversations/c") {
    const before = url.searchParams.get("before");
    return { status: 200, body: pageBefore(before, isWhole ? conversation.length : workersPage) };
  }
  return undefined;
}

const conversation = benchConversation(500);

/** How many messages the worker sends per page at most. */
const workersPage = 60;

function pageBefore(before: string | null, size: number): unknown {
  const end = before === null ? conversation.length : conversation.findIndex(({ id }) => id === before);
  const start = Math.max(0, end - size);
  const messages = conversation.slice(start, end).map(({ id, role, content }, index) => {
    const message = { id, role, content, createdAt: 0 };
    if (role === "user") return message;
    const replyTo = conversation[start + index - 1]?.id;
    return { ...message, replyTo, status: "complete", finishReason: "stop", citations: [], sources: [] };
  });
  return { id: "c", title: "Long", messages, previous: start > 0 ? messages[0]?.id : undefined, active: null };
}

const profile = {
  id: "bench",
  title: "Bench",
  starters: [],
  available: true,
  streamVariable: "message",
  resultVariable: "response",
  limits: { maxPromptChars: 2_000 },
  features: {},
};
