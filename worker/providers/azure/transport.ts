import createModelClient from "@azure-rest/ai-inference";
import { createHttpHeaders } from "@azure/core-rest-pipeline";
import type { HttpClient, PipelineRequest, PipelineResponse } from "@azure/core-rest-pipeline";
import type { AzureTarget } from "./endpoint.ts";
import type { ChatCompletionsBody } from "./request.ts";
import type { Credential } from "../credential.ts";
import type { EntraToken } from "../entra-token.ts";
import type { Fetch } from "../provider.ts";
import type { SilenceWatch } from "../silence-watch.ts";

/** Sends one chat completions request and returns the response unread, whatever its status. */
export interface ChatCompletionsTransport {
  /** @param watch its signal ends the request; the limit for the first byte starts again with each request sent */
  send(target: AzureTarget, body: ChatCompletionsBody, watch: SilenceWatch): Promise<Response>;
}

/**
 * The transport through `@azure-rest/ai-inference`. With a key it sends both `api-key`, which Azure reads, and
 * `Authorization: Bearer`, which OpenAI-compatible servers read. With Entra ID it sends only the latter, and requests a
 * new token once if the provider refuses the one that it has.
 */
export function createTransport(credential: Credential, fetch: Fetch): ChatCompletionsTransport {
  return {
    async send(target, body, watch) {
      const { signal } = watch;
      watch.expectFirstByte();
      if ("apiKey" in credential) return post({ target, body, signal, fetch, key: credential.apiKey });
      const response = await postWithToken(target, body, watch, credential.token);
      if (response.status !== 401) return response;
      await response.body?.cancel();
      watch.expectFirstByte();
      return postWithToken(target, body, watch, credential.token);
    },
  };

  /** A token can be revoked before it expires. One that is refused is not used again. */
  async function postWithToken(
    target: AzureTarget,
    body: ChatCompletionsBody,
    watch: SilenceWatch,
    entra: EntraToken,
  ): Promise<Response> {
    const { signal } = watch;
    const token = await entra.get(fetch, signal);
    watch.expectFirstByte();
    const response = await post({ target, body, signal, fetch, token });
    if (response.status === 401) entra.discard(token);
    return response;
  }
}

interface Post {
  target: AzureTarget;
  body: ChatCompletionsBody;
  signal: AbortSignal;
  fetch: Fetch;
  key?: string;
  token?: string;
}

/** One client per request: a shared one would share a promise for a token between requests, which a Worker forbids. */
async function post({ target, body, signal, fetch, key, token }: Post): Promise<Response> {
  const answers: Response[] = [];
  const client = createModelClient(
    target.baseUrl,
    { key: key ?? "" },
    {
      apiVersion: target.apiVersion ?? "",
      allowInsecureConnection: target.baseUrl.startsWith("http:"),
      httpClient: fetchClient(fetch, signal, (answer) => answers.push(answer)),
      retryOptions: { maxRetries: 0 }, // the SDK obeys a Retry-After of days; our own limits are in `retry.ts`
      redirectOptions: { maxRetries: 0 },
    },
  );
  // The policy announces `deflate`, which workerd does not decode. Without it, `fetch` announces what it can decode.
  client.pipeline.removePolicy({ name: "decompressResponsePolicy" });
  if (token !== undefined) client.pipeline.addPolicy(bearerOnly(token), { afterPhase: "Sign" });
  await client.path("/chat/completions").post({
    body,
    // Only the `models` API refuses fields that its schema lacks (`stream_options`, `max_completion_tokens`).
    headers: target.api === "models" ? { "extra-parameters": "pass-through" } : {},
  });
  const [answer] = answers;
  if (answer === undefined) throw new TypeError("The SDK returned without sending a request.");
  return answer;
}

/** Replaces the SDK's own policy, which refuses http. Tests and gateways on the same machine use http. */
function bearerOnly(token: string) {
  return {
    name: "bearerOnly",
    sendRequest(request: PipelineRequest, next: (request: PipelineRequest) => Promise<PipelineResponse>) {
      request.headers.delete("api-key");
      request.headers.set("authorization", `Bearer ${token}`);
      return next(request);
    },
  };
}

/**
 * A client that only uses `fetch`. The SDK's default client depends on how its packages are resolved. The answer is
 * kept unchanged. The SDK learns only its status, and gets its body as a stream, which the SDK does not read.
 */
function fetchClient(fetch: Fetch, signal: AbortSignal, onAnswer: (answer: Response) => void): HttpClient {
  return {
    async sendRequest(request) {
      const response = await fetch(request.url, {
        method: request.method,
        headers: request.headers.toJSON(),
        body: typeof request.body === "string" ? request.body : null,
        signal,
      });
      onAnswer(response);
      const browserStreamBody = response.body ?? new ReadableStream<Uint8Array>();
      return { request, status: response.status, headers: createHttpHeaders(), browserStreamBody };
    },
  };
}
