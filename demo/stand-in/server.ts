import { LLMock, type ChatCompletionRequest, type ChatMessage } from "@copilotkit/aimock";
import { answer } from "./answer.ts";
import { estimateTokens } from "./tokens.ts";

/** A running stand-in. */
export interface StandIn {
  /** Its URL, without a path. */
  url: string;
  stop(): Promise<void>;
}

/** The speed of a typical hosted model: a short delay before the first token, then about fifty tokens per second. */
const pace = { ttft: 420, tps: 48, jitter: 0.35 };
const charactersPerPiece = 5;

/**
 * Starts the provider that answers while no key is set. It implements the APIs of both providers and knows the demo's
 * help pages. It is not a model.
 * @param options `port`: 0, the default, chooses any free port
 */
export async function startStandIn(options: { port?: number } = {}): Promise<StandIn> {
  const mock = new LLMock({
    host: "127.0.0.1",
    port: options.port ?? 0,
    chunkSize: charactersPerPiece,
    journalMaxEntries: 20,
  });
  mock.on({ predicate: () => true }, respond, { streamingProfile: pace, chunkSize: charactersPerPiece });
  const url = await mock.start();
  return { url, stop: () => mock.stop() };
}

function respond({ model, messages }: ChatCompletionRequest) {
  const content = answer({
    model,
    messages: messages
      .filter(({ role }) => role === "user" || role === "assistant")
      .map(({ role, content }) => ({
        role: role === "user" ? ("user" as const) : ("assistant" as const),
        text: readText(content),
      })),
  });
  const prompt = messages.map((message) => readText(message.content)).join("\n");
  const usage = { prompt_tokens: estimateTokens(prompt), completion_tokens: estimateTokens(content) };
  return { content, usage };
}

function readText(content: ChatMessage["content"]): string {
  if (typeof content === "string") return content;
  return (content ?? []).map((part) => part.text ?? "").join("");
}
