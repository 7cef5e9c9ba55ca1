import { ChatError } from "../../protocol/index.ts";
import { isAzureApi, resolveEndpoint } from "./azure-endpoint.ts";
import type { AzureTarget } from "./azure-endpoint.ts";
import { AzureEvents, errorFromBody } from "./azure-events.ts";
import { defaultTemperature, mendRequest, prepareRequest } from "./azure-request.ts";
import type { PreparedRequest } from "./azure-request.ts";
import { createTransport } from "./azure-transport.ts";
import type { AzureCredential, ChatCompletionsTransport } from "./azure-transport.ts";
import { bytesOf } from "../bytes.ts";
import { drain } from "./close-stream.ts";
import { EntraToken } from "./entra-token.ts";
import { assertEventStream, endedEarly, errorFromStatus, toProviderError } from "./errors.ts";
import { isRecord } from "./narrow.ts";
import type { ConnectionProblem, ProviderAdapter, ProviderEvent, ProviderRequest } from "./provider.ts";
import { readJson } from "./read-json.ts";
import { problemsIn, secretProblem, urlProblem } from "./settings.ts";
import type { Settings } from "./settings.ts";
import { readEventData } from "./sse-data.ts";
import { watchFetch } from "./watch-fetch.ts";

const defaultAuthorityHost = "https://login.microsoftonline.com";

/** What all three APIs take. @see https://learn.microsoft.com/azure/ai-foundry/openai/latest#create-chat-completion */
const defaultScope = "https://cognitiveservices.azure.com/.default";

/**
 * Azure AI Foundry's chat completions, in all three URL forms, and OpenAI-compatible servers through `v1`. Fields of a
 * connection: `endpoint`; `apiKey`, or `tenantId`, `clientId` and `clientSecret`; and where the defaults do not do,
 * `api` (`models`, `deployments` or `v1`), `authorityHost` and `scope`.
 */
export const azure: ProviderAdapter = {
  name: "azure",
  temperature: { min: 0, max: 2, default: defaultTemperature },
  needsMaxCompletionTokens: false,
  connect(settings, { fetch, timeouts }) {
    const target = readTarget(settings);
    const credential = readCredential(settings);
    if ("problems" in target || "problems" in credential) return merge(target, credential);
    const transport = createTransport(credential, watchFetch(fetch, timeouts));
    return { stream: (request, signal) => streamCompletion(transport, target.resolve, request, signal) };
  },
};

function readTarget({ endpoint, api }: Settings): { resolve: (deployment: string) => AzureTarget } | ConnectionProblem {
  const problem = problemsIn({
    endpoint: urlProblem(endpoint),
    api: api === undefined || isAzureApi(api) ? undefined : "set it to models, deployments or v1, or leave it out",
  });
  if (problem !== undefined) return problem;
  const resolve = resolveEndpoint(endpoint ?? "", api !== undefined && isAzureApi(api) ? api : undefined);
  if (resolve !== undefined) return { resolve };
  const mend = "let it end in /models, /openai/deployments/<name> or /openai/v1, or say which one it is in `api`";
  return { problems: { endpoint: mend } };
}

function readCredential(settings: Settings): AzureCredential | ConnectionProblem {
  const { apiKey, tenantId, clientId, clientSecret } = settings;
  const { authorityHost = defaultAuthorityHost, scope = defaultScope } = settings;
  if (apiKey !== undefined) return problemsIn({ apiKey: secretProblem(apiKey) }) ?? { apiKey };
  if (tenantId === undefined && clientId === undefined && clientSecret === undefined) {
    return { problems: { apiKey: "set it, or set tenantId, clientId and clientSecret" } };
  }
  if (tenantId === undefined || clientId === undefined || clientSecret === undefined) {
    return (
      problemsIn({ tenantId: unset(tenantId), clientId: unset(clientId), clientSecret: unset(clientSecret) }) ?? {
        problems: {},
      }
    );
  }
  const problem = problemsIn({ authorityHost: urlProblem(authorityHost) });
  return problem ?? { token: new EntraToken({ tenantId, clientId, clientSecret, authorityHost, scope }) };
}

function unset(value: string | undefined): string | undefined {
  return value === undefined ? "set it: Entra ID needs tenant, client and client secret together" : undefined;
}

function merge(...parts: readonly (ConnectionProblem | object)[]): ConnectionProblem {
  const all = parts.map((part) => ("problems" in part ? part.problems : {}));
  return { problems: Object.fromEntries(all.flatMap((problems) => Object.entries(problems))) };
}

async function* streamCompletion(
  transport: ChatCompletionsTransport,
  resolve: (deployment: string) => AzureTarget,
  request: ProviderRequest,
  signal: AbortSignal,
): AsyncGenerator<ProviderEvent> {
  const prepared = prepareRequest(request);
  const events = new AzureEvents();
  const closing = new AbortController();
  try {
    const upstream = AbortSignal.any([signal, closing.signal]);
    const send = (attempt: PreparedRequest) => transport.send(resolve(request.model), attempt.body, upstream);
    const { response, warnings } = await sendAndMend(send, prepared, request.temperature !== undefined);
    assertEventStream(response);
    const frames = readEventData(bytesOf(response));
    while (!events.isFinished) {
      const next = await frames.next();
      if (signal.aborted) return;
      if (next.done === true) throw endedEarly("[DONE]");
      for (const data of next.value) {
        for (const event of events.push(data)) {
          yield event;
          if (event.type === "accepted") yield* warnings;
        }
      }
    }
    await drain(frames);
  } catch (error) {
    if (signal.aborted) return;
    throw toProviderError(error, events.isAccepted);
  } finally {
    closing.abort();
  }
}

/** Sends a request, and again without the field that a 400 names: each field once. */
async function sendAndMend(
  send: (attempt: PreparedRequest) => Promise<Response>,
  prepared: PreparedRequest,
  wasSet: boolean,
): Promise<{ response: Response; warnings: ProviderEvent[] }> {
  const response = await send(prepared);
  if (response.status !== 400) return { response, warnings: prepared.warnings };
  const body = await readJson(response);
  const error = isRecord(body) ? (body.error ?? body) : undefined;
  const code = errorFromBody(error);
  if (code === "content_filtered") throw new ChatError(code, { detail: "The provider's filter refused the prompt." });
  const mended = mendRequest(prepared, error, wasSet);
  if (mended === undefined) throw errorFromStatus(response.status, response.headers);
  return sendAndMend(send, mended, wasSet);
}
