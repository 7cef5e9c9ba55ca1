import { LLMock, type ChatCompletionRequest, type ChatMessage } from "@copilotkit/aimock";
import { answer } from "./answer.ts";
import { answerAsAnthropic } from "./anthropic.ts";
import { answerEmbeddings } from "./embeddings.ts";
import { charactersPerPiece, pace } from "./pace.ts";
import { readPrompt, type ReceivedMessage } from "./prompt.ts";
import { estimateTokens } from "./tokens.ts";

/** A running stand-in. */
export interface StandIn {
  /** Its URL, without a path. */
  url: string;
  stop(): Promise<void>;
}

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
  // The mock's own answers have no citations.
  mock.mount("/v1/messages", {
    handleRequest: async (request, response) => {
      await answerAsAnthropic(request, response);
      return true;
    },
  });
  // The mock's own embeddings are random: nothing could be found with them.
  mock.mount("/openai/v1/embeddings", {
    handleRequest: async (request, response) => {
      await answerEmbeddings(request, response);
      return true;
    },
  });
  const url = await mock.start();
  return { url, stop: () => mock.stop() };
}

function respond({ model, messages }: ChatCompletionRequest) {
  const received = messages.flatMap(({ role, content }): ReceivedMessage[] => {
    const text = readText(content);
    if (role === "user") return [{ role, ...readPrompt(text) }];
    return role === "assistant" ? [{ role, text }] : [];
  });
  const content = answer({ model, messages: received, citesBySelf: true })
    .map(({ text }) => text)
    .join("");
  const prompt = messages.map((message) => readText(message.content)).join("\n");
  const usage = { prompt_tokens: estimateTokens(prompt), completion_tokens: estimateTokens(content) };
  return { content, usage };
}

function readText(content: ChatMessage["content"]): string {
  if (typeof content === "string") return content;
  return (content ?? []).map((part) => part.text ?? "").join("");
}
