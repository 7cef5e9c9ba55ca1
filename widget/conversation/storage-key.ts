/**
 * Names what is stored for a visitor of an assistant: another worker has other visitors.
 * @param endpoint the worker's absolute address, as `absoluteEndpoint` gives it
 */
export function storageKey(kind: "session" | "tab" | "tabs", endpoint: string, assistant: string): string {
  return `rivulet-chat:${kind}:${endpoint}:${assistant}`;
}

/**
 * The worker's absolute address, without a slash at its end.
 * @param endpoint as the page wrote it; empty is the page's own origin
 */
export function absoluteEndpoint(endpoint: string): string {
  return new URL(endpoint || location.origin, document.baseURI).href.replace(/\/+$/, "");
}
