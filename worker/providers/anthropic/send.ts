import { BaseAnthropic, type ClientOptions } from "@anthropic-ai/sdk/client";
import { Messages } from "@anthropic-ai/sdk/resources/messages/messages";
import type { EntraToken } from "../entra-token.ts";
import { assertEventStream } from "../errors.ts";
import type { ConnectOptions, Fetch, ProviderRequest } from "../provider.ts";
import { errorFromRefusal } from "../refusal.ts";
import { reachProvider, type SilenceWatch } from "../silence-watch.ts";
import { sendsTemperature, toBody } from "./request.ts";

/** The last API version that accepts a temperature. The SDK's own version refuses every value with status 400. */
const versionWithTemperature = "2023-06-01";

/**
 * Sends one request, which the SDK builds. The response's body is not read.
 * @throws ChatError if the provider does not answer with an event stream
 */
export type Send = (request: ProviderRequest, watch: SilenceWatch) => Promise<Response>;

/** Headers of one request; null removes a header of the SDK's. */
type RequestHeaders = Record<string, string | null>;

/**
 * Sends requests with a key.
 * @param isBearer whether the key is sent as `Authorization: Bearer`, as the SDK does; otherwise as `x-api-key`
 */
export function sendWithKey(baseURL: string, key: string, isBearer: boolean, options: ConnectOptions): Send {
  const messages = createMessages({ baseURL, apiKey: key, fetch: acceptStreamsOnly(options.fetch) }, options);
  const headers: RequestHeaders = isBearer ? {} : { "x-api-key": key, authorization: null };
  return (request, watch) => create(messages, request, watch, headers);
}

/** Sends requests with a token from Entra ID. A token that is refused is renewed, and the request is sent once more. */
export function sendWithToken(baseURL: string, entra: EntraToken, options: ConnectOptions): Send {
  const send = async (request: ProviderRequest, watch: SilenceWatch, isLast: boolean): Promise<Response> => {
    watch.expectFirstByte();
    const token = await entra.get(reachProvider(options.fetch), watch.signal);
    watch.expectFirstByte();
    let isRefused = false;
    const fetch = acceptStreamsOnly(options.fetch, (status) => (isRefused = status === 401));
    const messages = createMessages({ baseURL, apiKey: null, authToken: token, fetch }, options);
    try {
      return await create(messages, request, watch, {});
    } catch (error) {
      if (!isRefused) throw error;
      entra.discard(token);
      if (isLast) throw error;
      return send(request, watch, true);
    }
  };
  return (request, watch) => send(request, watch, false);
}

function createMessages(credential: ClientOptions, { timeouts }: ConnectOptions): Messages {
  return new Messages(
    new BaseAnthropic({
      ...credential,
      maxRetries: 0, // the SDK obeys a Retry-After of days; our own limits are in `retry.ts`
      timeout: timeouts.firstByteMs + 60_000, // for headers only; the watch fires first, even on a busy machine
      logLevel: "off", // the SDK would log text from the provider that it cannot parse
      openTelemetry: false,
    }),
  );
}

function create(
  messages: Messages,
  request: ProviderRequest,
  { signal }: SilenceWatch,
  headers: RequestHeaders,
): Promise<Response> {
  const version: RequestHeaders = sendsTemperature(request) ? { "anthropic-version": versionWithTemperature } : {};
  return messages.create(toBody(request), { signal, headers: { ...headers, ...version } }).asResponse();
}

/** Handles refusals by their status before the SDK sees them, because it would put the body into its error message. */
function acceptStreamsOnly(fetch: Fetch, onStatus: (status: number) => void = () => undefined): Fetch {
  const reach = reachProvider(fetch);
  return async (url, init) => {
    const response = await reach(url, init);
    onStatus(response.status);
    if (response.status !== 200) throw await errorFromRefusal(response);
    try {
      assertEventStream(response);
    } catch (error) {
      await response.body?.cancel();
      throw error;
    }
    return response;
  };
}
