import { setImmediate as nextTurn } from "node:timers/promises";
import { ChatError } from "../../../protocol/index.ts";
import type { ErrorCode } from "../../../protocol/index.ts";
import { textParts } from "../../../worker/prompt/parts.ts";
import { adapters } from "../../../worker/providers/adapters.ts";
import type {
  Fetch,
  Provider,
  ProviderEvent,
  ProviderRequest,
  ProviderTimeouts,
  ProviderUsage,
  TakeEvent,
} from "../../../worker/providers/provider.ts";

/** Time limits that no test reaches. */
export const patient: ProviderTimeouts = { firstByteMs: 100_000, silenceMs: 100_000 };

/** Connects, and fails the test if the settings are wrong. */
export function connect(
  adapter: string,
  settings: Record<string, string>,
  options: { fetch?: Fetch; timeouts?: ProviderTimeouts } = {},
): Provider {
  const { fetch = globalThis.fetch, timeouts = patient } = options;
  const provider = adapters[adapter]?.connect(settings, { fetch, timeouts });
  if (provider === undefined || "problems" in provider) throw new Error(`No connection: ${JSON.stringify(provider)}`);
  return provider;
}

/** The two providers, each with a function that connects it to an upstream's URL. */
export const providers = [
  {
    name: "anthropic",
    connectTo: (url: string, options = {}) => connect("anthropic", { apiKey: "key", baseUrl: url }, options),
  },
  {
    name: "azure",
    connectTo: (url: string, options = {}) => connect("azure", { apiKey: "key", endpoint: `${url}/models` }, options),
  },
] satisfies { name: string; connectTo: (url: string, options?: Parameters<typeof connect>[2]) => Provider }[];

/** A plain request, with the fields that a test overrides. */
export function request(overrides: Partial<ProviderRequest> = {}): ProviderRequest {
  return {
    model: "model-1",
    capabilities: { temperature: true, maxTokensField: "max_tokens" },
    messages: [{ role: "user", parts: textParts("Hi") }],
    maxCompletionTokens: 100,
    ...overrides,
  };
}

/** The result of a stream: its events, and the error if it failed. */
export interface Outcome {
  events: ProviderEvent[];
  error?: ChatError;
}

/** Collects the events of `reading`. An error after an abort is ignored; any other error than a ChatError is thrown. */
export async function collect(
  reading: (take: TakeEvent) => Promise<unknown>,
  signal: AbortSignal = new AbortController().signal,
): Promise<Outcome> {
  const events: ProviderEvent[] = [];
  try {
    await reading((event) => events.push(event));
    return { events };
  } catch (error) {
    if (signal.aborted) return { events };
    if (error instanceof ChatError) return { events, error };
    throw error;
  }
}

/** Sends one request and reads its answer to the end, in the same two steps as a turn. */
export async function readAnswer(
  provider: Provider,
  sent: ProviderRequest,
  signal: AbortSignal,
  take: TakeEvent,
): Promise<void> {
  const stream = await provider.open(sent, signal);
  await stream.readToFirstPiece(take);
  await stream.readToEnd(take);
  await stream.close();
}

/** Asks a provider and reads the whole answer. */
export function ask(
  provider: Provider,
  overrides: Partial<ProviderRequest> = {},
  signal: AbortSignal = new AbortController().signal,
): Promise<Outcome> {
  return collect((take) => readAnswer(provider, request(overrides), signal, take), signal);
}

/** All pieces of one type, joined. */
export function textOf({ events }: Outcome, type: "delta" | "reasoning" = "delta"): string {
  return events.map((event) => (event.type === type ? event.content : "")).join("");
}

/** The last usage. */
export function usageOf({ events }: Outcome): ProviderUsage | undefined {
  return events.findLast((event) => event.type === "usage")?.usage;
}

/** Why the answer ended; undefined if it failed. */
export function finishOf({ events }: Outcome): string | undefined {
  return events.findLast((event) => event.type === "finish")?.finishReason;
}

/** The code of the failure. */
export function codeOf({ error }: Outcome): ErrorCode | undefined {
  return error?.code;
}

/** A `fetch` that responds with a body in these pieces, one per read. */
export function fetchPieces(pieces: readonly Uint8Array[]): Fetch {
  return async (_url, init) => {
    let next = 0;
    const body = new ReadableStream<Uint8Array>({
      async pull(controller) {
        init?.signal?.throwIfAborted();
        if (pieces.length > 50) await nextTurn();
        const piece = pieces[next];
        next += 1;
        if (piece === undefined) controller.close();
        else controller.enqueue(piece);
      },
    });
    return new Response(body, { headers: { "content-type": "text/event-stream" } });
  };
}

/** Cuts bytes at an offset. */
export function cutBytes(bytes: Uint8Array, at: number): Uint8Array[] {
  return [bytes.subarray(0, at), bytes.subarray(at)];
}
