import { BaseAnthropic } from "@anthropic-ai/sdk/client";
import { Messages } from "@anthropic-ai/sdk/resources/messages/messages";
import { requestAnswer } from "../answer-stream.ts";
import { problemsIn, secretProblem, urlProblem, type ConnectionFields } from "../connection-fields.ts";
import { assertEventStream } from "../errors.ts";
import type { ConnectOptions, Fetch, Provider, ProviderAdapter, ProviderEvent, ProviderRequest } from "../provider.ts";
import { reachProvider } from "../silence-watch.ts";
import { AnthropicEvents } from "./events.ts";
import { sendsTemperature, toBody } from "./request.ts";

const defaultBaseUrl = "https://api.anthropic.com";

/** The last API version that accepts a temperature. The SDK's own version refuses any value with status 400. */
const versionWithTemperature = "2023-06-01";

/** Anthropic's Messages API. Fields of a connection: `apiKey`, and `baseUrl` for gateways and tests. */
export const anthropic: ProviderAdapter = {
  name: "anthropic",
  temperature: { min: 0, max: 1, default: 1 },
  needsMaxCompletionTokens: true,
  connect(fields, options) {
    const { apiKey, baseUrl = defaultBaseUrl } = fields;
    const problem = problemsIn({ apiKey: secretProblem(apiKey), baseUrl: urlProblem(baseUrl) });
    return problem ?? openConnection({ ...fields, baseUrl }, options);
  },
};

function openConnection(fields: ConnectionFields, { fetch, timeouts }: ConnectOptions): Provider {
  const client = new BaseAnthropic({
    apiKey: fields.apiKey,
    baseURL: fields.baseUrl,
    fetch: acceptStreamsOnly(reachProvider(fetch)),
    maxRetries: 0, // the SDK obeys a Retry-After of days; our own limits are in `retry.ts`
    timeout: timeouts.firstByteMs * 2, // for headers only; the watch fires first
    logLevel: "off", // it prints what it cannot parse, which is a provider's text
    openTelemetry: false,
  });
  const messages = new Messages(client);
  return {
    open: (request, signal) =>
      requestAnswer(timeouts, signal, async (watch) => {
        const options = { signal: watch.signal, headers: headersFor(request) };
        // The SDK builds and sends the request; the body is read by the loop that all providers share.
        const response = await messages.create(toBody(request), options).asResponse();
        return { response, wire: new AnthropicEvents(), warnings: warningsFor(request) };
      }),
  };
}

/** Handles refusals by their status before the SDK sees them, because it would put the body into its error message. */
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

function headersFor(request: ProviderRequest): Record<string, string> {
  return sendsTemperature(request) ? { "anthropic-version": versionWithTemperature } : {};
}

function warningsFor(request: ProviderRequest): ProviderEvent[] {
  if (request.temperature === undefined || sendsTemperature(request)) return [];
  const detail = request.capabilities.temperature
    ? "The model takes no temperature while it thinks; none was sent."
    : "The model takes no temperature; none was sent.";
  return [{ type: "warning", code: "temperature_not_supported", detail }];
}
