import { LLMock, type ChatCompletionRequest, type ChatMessage } from "@copilotkit/aimock";
import { answer } from "./answer.ts";
import { estimateTokens } from "./tokens.ts";

/** A stand-in that listens. */
export interface StandIn {
  /** Where it answers, without a path. */
  url: string;
  stop(): Promise<void>;
}

/** How a good hosted model types: a first word after a moment, then some sixty tokens a second. */
const pace = { ttft: 420, tps: 48, jitter: 0.35 };
const charactersAPiece = 5;

/**
 * Starts the provider that answers while no key is set. It speaks the wires of both providers and knows the demo's help
 * pages; it is no model.
 * @param options `port` 0 for any free one
 */
export async function startStandIn(options: { port?: number } = {}): Promise<StandIn> {
  const mock = new LLMock({
    host: "127.0.0.1",
    port: options.port ?? 0,
    chunkSize: charactersAPiece,
    journalMaxEntries: 20,
  });
  mock.on({ predicate: () => true }, respond, { streamingProfile: pace, chunkSize: charactersAPiece });
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
