import type { ConnectionDefinition } from "../assistants/definition.ts";
import { ContextError } from "../context/source.ts";
import { describeProblems, problemsIn, readFields, urlProblem } from "../providers/connection-fields.ts";
import { readCredential } from "../providers/credential.ts";
import type { Fetch } from "../providers/provider.ts";
import { reachProvider } from "../providers/silence-watch.ts";
import { isAzureApi, resolveEndpoint } from "../providers/azure/endpoint.ts";

/** Sends requests to the embeddings endpoint of a connection. */
export interface EmbeddingsAccess {
  /**
   * Posts one request and returns the response unread, whatever its status.
   * @throws ChatError if the server cannot be reached or no token is granted, or the signal's reason
   */
  post(model: string, body: object, signal: AbortSignal): Promise<Response>;
}

type Environment = Readonly<Record<string, unknown>>;

const opened = new WeakMap<Environment, Map<ConnectionDefinition, EmbeddingsAccess>>();

/**
 * Opens a connection for embeddings. Each connection is opened once per environment, so that later requests reuse its
 * Entra ID token.
 * @throws ContextError that names the variables and what to do
 */
export function openAccess(connection: ConnectionDefinition, env: Environment): EmbeddingsAccess {
  const known = opened.get(env) ?? new Map<ConnectionDefinition, EmbeddingsAccess>();
  opened.set(env, known);
  const access = known.get(connection) ?? createAccess(connection, env, (url, init) => fetch(url, init));
  known.set(connection, access);
  return access;
}

function createAccess({ provider, variables }: ConnectionDefinition, env: Environment, fetcher: Fetch) {
  if (provider !== "azure") {
    throw new ContextError(
      `The provider ${provider} has no embeddings: name a connection with the provider azure, which also reaches servers with OpenAI's API.`,
    );
  }
  const fields = readFields(variables, (name) => {
    const value = env[name];
    return typeof value === "string" && value !== "" ? value : undefined;
  });
  const credential = readCredential(fields, "set it, or set {tenantId}, {clientId} and {clientSecret}");
  const { endpoint = "", api } = fields;
  const problem = problemsIn({ endpoint: urlProblem(fields.endpoint) });
  const resolve =
    problem === undefined
      ? resolveEndpoint(endpoint, api !== undefined && isAzureApi(api) ? api : undefined)
      : undefined;
  const unresolved = problem ?? {
    problems: resolve === undefined ? { endpoint: "end it with /openai/v1, or /v1" } : {},
  };
  if (resolve === undefined || "problems" in credential) {
    const problems = { ...unresolved.problems, ...("problems" in credential ? credential.problems : {}) };
    throw new ContextError(describeProblems({ problems }, variables).join("; "));
  }
  const reach = reachProvider(fetcher);
  const send = (model: string, body: object, authorization: Record<string, string>, signal: AbortSignal) => {
    const { baseUrl, apiVersion } = resolve(model);
    const url = new URL(baseUrl);
    url.pathname += "/embeddings";
    if (apiVersion !== undefined && !url.searchParams.has("api-version"))
      url.searchParams.set("api-version", apiVersion);
    const headers = { "content-type": "application/json", ...authorization };
    return reach(url, { method: "POST", headers, body: JSON.stringify(body), signal });
  };
  return {
    async post(model: string, body: object, signal: AbortSignal): Promise<Response> {
      // Azure reads `api-key`; servers with OpenAI's API read `authorization`.
      if ("apiKey" in credential) {
        const { apiKey } = credential;
        return send(model, body, { "api-key": apiKey, authorization: `Bearer ${apiKey}` }, signal);
      }
      for (let attempt = 1; ; attempt += 1) {
        const token = await credential.token.get(reach, signal);
        const response = await send(model, body, { authorization: `Bearer ${token}` }, signal);
        if (response.status !== 401) return response;
        credential.token.discard(token); // a token can be revoked before it expires
        if (attempt === 2) return response;
        await response.body?.cancel();
      }
    },
  };
}
