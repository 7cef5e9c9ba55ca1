/** How one contestant wants to be told about a piece, and that there is no more. */
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

/** The wires, by the path that a page asks. */
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

/** What our widget asks besides: its assistant, a session, and that all else is none of its business. */
export function answerRivulet(method: string, path: string): { status: number; body: unknown } | undefined {
  if (path.startsWith("/rivulet/v1/assistants/")) return { status: 200, body: profile };
  if (method === "POST" && path === "/rivulet/v1/sessions") {
    return { status: 201, body: { token: "t", expiresInMs: 600_000, visitor: "v" } };
  }
  return undefined;
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
