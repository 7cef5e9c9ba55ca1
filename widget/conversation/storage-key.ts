/**
 * The storage key for a visitor of an assistant. It contains the endpoint, because each worker has its own visitors.
 * @param endpoint the worker's absolute address, from `absoluteEndpoint`
 */
export function storageKey(
  kind: "session" | "tab" | "tabs" | "page" | "greeting" | "consent",
  endpoint: string,
  assistant: string,
): string {
  return `rivulet-chat:${kind}:${endpoint}:${assistant}`;
}

/**
 * The worker's absolute address, without a trailing slash.
 * @param endpoint the attribute's value; empty or missing for the page's own origin
 * @throws a TypeError if the value is not an address
 */
export function absoluteEndpoint(endpoint?: string | null): string {
  return new URL(endpoint || location.origin, document.baseURI).href.replace(/\/+$/, "");
}
