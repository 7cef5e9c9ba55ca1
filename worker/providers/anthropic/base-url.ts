const defaultBaseUrl = "https://api.anthropic.com";

/** Hosts of Azure resources. They serve Claude under `/anthropic`; the portal also shows URLs with a project's path. */
const azureHost = /\.(services\.ai|cognitiveservices|openai)\.azure\.(com|us|cn)$/;
const projectPath = /^\/api\/projects\/[^/]+\/*$/;

/** Where requests go. */
export interface BaseUrl {
  /** The SDK adds `/v1/messages`. */
  url: string;
  /** Whether it is an Azure resource. */
  isAzure: boolean;
}

/**
 * Reads a base URL. If it is that of an Azure resource or project without Claude's path, the path is added.
 * @param baseUrl a URL in which `baseUrlProblem` finds no problem; undefined for Anthropic's own
 */
export function readBaseUrl(baseUrl: string = defaultBaseUrl): BaseUrl {
  const url = new URL(baseUrl);
  const isAzure = azureHost.test(url.hostname);
  if (isAzure && (url.pathname === "/" || projectPath.test(url.pathname))) url.pathname = "/anthropic";
  return { url: url.href.replace(/\/+$/, ""), isAzure };
}

/**
 * Checks the end of a base URL.
 * @param baseUrl a URL that parses
 * @returns what to do about it; undefined if nothing is known to be wrong
 */
export function baseUrlProblem(baseUrl: string): string | undefined {
  const [end] = /\/(v1(\/messages)?|messages)\/*$/.exec(new URL(baseUrl).pathname) ?? [];
  return end === undefined ? undefined : `end it before ${end.replace(/\/+$/, "")}: /v1/messages is added to it`;
}
