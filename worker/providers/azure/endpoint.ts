/** The three APIs under which Azure serves chat completions. */
export type AzureApi = "models" | "deployments" | "v1";

/** The target of a request. */
export interface AzureTarget {
  api: AzureApi;
  /** URL before `/chat/completions`, with the query that the operator wrote. */
  baseUrl: string;
  /** Value of `api-version`, if the API has one. An `api-version` in the operator's URL takes precedence. */
  apiVersion: string | undefined;
}

/**
 * The versions that are requested if the endpoint names none: for `models` the SDK's own; for `deployments` the latest
 * stable one, which is also the first that reports usage in streams; `v1` has no versions.
 * @see https://learn.microsoft.com/azure/ai-foundry/openai/api-version-lifecycle
 */
const apiVersions = { models: "2024-05-01-preview", deployments: "2024-10-21", v1: undefined } as const;

/** Hosts of Azure resources. They serve each API under its own path; the portal also shows URLs with a project path. */
const resourceHost = /\.(services\.ai|openai|cognitiveservices)\.azure\.(com|us|cn)$/;
const projectPath = /\/api\/projects\/[^/]+$/;
const resourcePaths = { models: "/models", deployments: "/openai/deployments", v1: "/openai/v1" } as const;

/** A serverless deployment has its own host, which serves only `models`, without a path. */
const serverlessHost = /\.models\.ai\.azure\.com$/;

/** Whether a text names one of the three APIs. */
export function isAzureApi(value: string): value is AzureApi {
  return Object.hasOwn(apiVersions, value);
}

/**
 * Detects from an endpoint's form which API it belongs to.
 * @param endpoint a URL that parses, as the portal shows it: with or without `/chat/completions` and `?api-version=`
 * @param override the API that the operator set
 * @returns a function from a deployment to the target of its requests, or undefined if the API cannot be detected
 */
export function resolveEndpoint(
  endpoint: string,
  override?: AzureApi,
): ((deployment: string) => AzureTarget) | undefined {
  const url = new URL(endpoint);
  url.hash = "";
  url.pathname = url.pathname.replace(/\/+$/, "").replace(/\/chat\/completions$/, "");
  const isResource = resourceHost.test(url.hostname);
  if (isResource) url.pathname = url.pathname.replace(projectPath, "");
  const isBare = url.pathname === "/";
  if (isBare && isResource) {
    const api = override ?? "v1";
    url.pathname = resourcePaths[api];
    return toTarget(url, api);
  }
  const ofHost = isBare && serverlessHost.test(url.hostname) ? "models" : undefined;
  const api = override ?? apiOfPath(url.pathname) ?? ofHost;
  return api && toTarget(url, api);
}

/**
 * Checks that an endpoint is not the address of another API.
 * @param endpoint a URL that parses
 * @returns what to do about it; undefined if nothing is known to be wrong
 */
export function endpointProblem(endpoint: string): string | undefined {
  const { pathname } = new URL(endpoint);
  if (/\/anthropic(\/v1(\/messages)?)?\/*$/.test(pathname)) {
    return (
      "it is the address of Claude, which does not speak this API: use it, up to /anthropic, as the base URL of a " +
      "connection with the provider anthropic"
    );
  }
  if (/\/responses\/*$/.test(pathname)) {
    return "it is the address of the Responses API, which is not supported: end it with /openai/v1";
  }
  return undefined;
}

function toTarget(url: URL, api: AzureApi): (deployment: string) => AzureTarget {
  return (deployment) => ({ api, baseUrl: withDeployment(url, api, deployment), apiVersion: apiVersions[api] });
}

function apiOfPath(path: string): AzureApi | undefined {
  if (/\/deployments(\/[^/]+)?$/.test(path)) return "deployments";
  if (path.endsWith("/v1")) return "v1";
  if (path.endsWith("/models")) return "models";
  return undefined;
}

/** A deployment that the endpoint already names is kept, because the operator pasted it from the portal. */
function withDeployment(url: URL, api: AzureApi, deployment: string): string {
  const target = new URL(url);
  const path = target.pathname.replace(/\/$/, "");
  if (api === "deployments" && !/\/deployments\/[^/]+$/.test(path)) {
    const folder = path.endsWith("/deployments") ? path : `${path}/openai/deployments`;
    target.pathname = `${folder}/${encodeURIComponent(deployment)}`;
  }
  return target.href.replace(/\/(?=$|\?)/, "");
}
