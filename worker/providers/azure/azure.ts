import { ChatError } from "../../../protocol/index.ts";
import { requestAnswer, type ProviderAnswer } from "../answer-stream.ts";
import { problemsIn, urlProblem, type ConnectionFields } from "../connection-fields.ts";
import { readCredential } from "../credential.ts";
import { errorFromStatus } from "../errors.ts";
import { isRecord } from "../narrow.ts";
import type { ConnectionProblem, ProviderAdapter } from "../provider.ts";
import { readJson } from "../read-json.ts";
import { reachProvider } from "../silence-watch.ts";
import { endpointProblem, isAzureApi, resolveEndpoint, type AzureTarget } from "./endpoint.ts";
import { AzureEvents, errorFromBody } from "./events.ts";
import { defaultTemperature, prepareRequest, withoutRefusedField, type PreparedRequest } from "./request.ts";
import { createTransport } from "./transport.ts";

/**
 * Azure AI Foundry's chat completions, in all three URL forms, and OpenAI-compatible servers through `v1`. Fields of a
 * connection: `endpoint`; `apiKey`, or `tenantId`, `clientId` and `clientSecret`; and, if the defaults do not fit,
 * `api` (`models`, `deployments` or `v1`), `authorityHost` and `scope`.
 */
export const azure: ProviderAdapter = {
  name: "azure",
  temperature: { min: 0, max: 2, default: defaultTemperature },
  needsMaxCompletionTokens: false,
  connect(fields, { fetch, timeouts }) {
    const target = readTarget(fields);
    const credential = readCredential(fields, "set it, or set tenantId, clientId and clientSecret");
    if ("problems" in target || "problems" in credential) return merge(target, credential);
    const transport = createTransport(credential, reachProvider(fetch));
    return {
      open: (request, signal) =>
        requestAnswer(timeouts, signal, (watch) => {
          const send = ({ body }: PreparedRequest) => transport.send(target.resolve(request.model), body, watch);
          return sendCompletion(send, prepareRequest(request), request.temperature !== undefined);
        }),
    };
  },
};

function readTarget({
  endpoint,
  api,
}: ConnectionFields): { resolve: (deployment: string) => AzureTarget } | ConnectionProblem {
  const problem = problemsIn({
    endpoint: urlProblem(endpoint) ?? endpointProblem(endpoint ?? ""),
    api: api === undefined || isAzureApi(api) ? undefined : "set it to models, deployments or v1, or leave it out",
  });
  if (problem !== undefined) return problem;
  const resolve = resolveEndpoint(endpoint ?? "", api !== undefined && isAzureApi(api) ? api : undefined);
  if (resolve !== undefined) return { resolve };
  const fix = "end it with /openai/v1, /openai/deployments/<name> or /models, or set `api` to name the API";
  return { problems: { endpoint: fix } };
}

function merge(...parts: readonly (ConnectionProblem | object)[]): ConnectionProblem {
  const problemSets = parts.map((part) => ("problems" in part ? part.problems : {}));
  return { problems: Object.fromEntries(problemSets.flatMap((problems) => Object.entries(problems))) };
}

/** Sends a request. If the API refuses a field with status 400, sends it again without that field, once per field. */
async function sendCompletion(
  send: (attempt: PreparedRequest) => Promise<Response>,
  prepared: PreparedRequest,
  isTemperatureSet: boolean,
): Promise<ProviderAnswer> {
  const response = await send(prepared);
  if (response.status !== 400) return { response, wire: new AzureEvents(), warnings: prepared.warnings };
  const body = await readJson(response);
  const error = isRecord(body) ? (body.error ?? body) : undefined;
  const code = errorFromBody(error);
  if (isResponsesOnly(error)) {
    const detail =
      "The deployment's model does not answer chat completions (OperationNotSupported): it needs the Responses API, " +
      "which is not supported. Deploy another model.";
    throw new ChatError("provider_rejected", { detail });
  }
  if (code === "content_filtered") throw new ChatError(code, { detail: "The provider's filter refused the prompt." });
  const changed = withoutRefusedField(prepared, error, isTemperatureSet);
  if (changed === undefined) throw errorFromStatus(response.status, response.headers);
  return sendCompletion(send, changed, isTemperatureSet);
}

/** @see https://learn.microsoft.com/azure/foundry/openai/how-to/responses */
function isResponsesOnly(error: unknown): boolean {
  return isRecord(error) && error.code === "OperationNotSupported";
}
