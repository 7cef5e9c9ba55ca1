import { BaseAnthropic } from "@anthropic-ai/sdk/client";
import { APIError } from "@anthropic-ai/sdk/error";
import { Messages } from "@anthropic-ai/sdk/resources/messages/messages";
import { sendsTemperature, toBody } from "./anthropic-request.ts";
import { AnthropicEvents, errorFromType } from "./anthropic-events.ts";
import { drain } from "./close-stream.ts";
import { assertEventStream, endedEarly, toProviderError } from "./errors.ts";
import type { ConnectOptions, Fetch, Provider, ProviderAdapter, ProviderEvent, ProviderRequest } from "./provider.ts";
import { problemsIn, secretProblem, urlProblem } from "./settings.ts";
import type { Settings } from "./settings.ts";
import { watchFetch } from "./watch-fetch.ts";

const defaultBaseUrl = "https://api.anthropic.com";

/** The last version of the API that takes a temperature: the SDK's own answers 400 to one, at any value. */
const versionWithTemperature = "2023-06-01";

/** Anthropic's Messages API. Fields of a connection: `apiKey`, and `baseUrl` for gateways and tests. */
export const anthropic: ProviderAdapter = {
  name: "anthropic",
  temperature: { min: 0, max: 1, default: 1 },
  needsMaxCompletionTokens: true,
  connect(settings, options) {
    const { apiKey, baseUrl = defaultBaseUrl } = settings;
    const problem = problemsIn({ apiKey: secretProblem(apiKey), baseUrl: urlProblem(baseUrl) });
    return problem ?? openConnection({ ...settings, baseUrl }, options);
  },
};

function openConnection(settings: Settings, { fetch, timeouts }: ConnectOptions): Provider {
  const client = new BaseAnthropic({
    apiKey: settings.apiKey,
    baseURL: settings.baseUrl,
    fetch: acceptStreamsOnly(watchFetch(fetch, timeouts)),
    maxRetries: 0, // the SDK obeys a Retry-After of days; ours is in `retry.ts`
    timeout: timeouts.firstByteMs * 2, // for headers alone: the watch is there first
    logLevel: "off", // it prints what it cannot parse, which is a provider's text
    openTelemetry: false,
  });
  const messages = new Messages(client);
  return { stream: (request, signal) => streamMessages(messages, request, signal) };
}

/** Refusals end here, by status alone: the SDK would read their body into its error's message. */
function acceptStreamsOnly(fetch: Fetch): Fetch {
  return async (url, init) => {
    const response = await fetch(url, init);
    try {
      assertEventStream(response);
    } catch (error) {
      await response.body?.cancel();
      throw error;
    }
    return response;
  };
}

async function* streamMessages(
  messages: Messages,
  request: ProviderRequest,
  signal: AbortSignal,
): AsyncGenerator<ProviderEvent> {
  const body = toBody(request);
  const events = new AnthropicEvents();
  const closing = new AbortController();
  try {
    const options = { signal: AbortSignal.any([signal, closing.signal]), headers: headersFor(request) };
    const stream = await messages.create(body, options);
    const iterator = stream[Symbol.asyncIterator]();
    while (!events.isFinished) {
      const next = await iterator.next();
      if (signal.aborted) return; // the SDK ends the loop without a word
      if (next.done === true) throw endedEarly("message_stop");
      for (const event of events.push(next.value)) {
        yield event;
        if (event.type === "accepted") yield* warningsFor(request);
      }
    }
    await drain(iterator);
  } catch (error) {
    if (signal.aborted) return;
    // Without a cause it is an `error` event of the stream; with one, the SDK's wrap around ours.
    const isSaidByProvider = error instanceof APIError && error.cause === undefined;
    throw toProviderError(isSaidByProvider ? errorFromType(error.type) : error, events.isAccepted);
  } finally {
    closing.abort();
  }
}

function headersFor(request: ProviderRequest): Record<string, string> {
  return sendsTemperature(request) ? { "anthropic-version": versionWithTemperature } : {};
}

function warningsFor(request: ProviderRequest): ProviderEvent[] {
  if (request.temperature === undefined || request.capabilities.temperature) return [];
  return [
    { type: "warning", code: "temperature_not_supported", detail: "The model takes no temperature; none was sent." },
  ];
}
