import { absoluteEndpoint, storageKey } from "./conversation/storage-key.ts";

/** What the visitor left in this tab on the page before; each is undefined where he left nothing. */
export interface EarlierPlace {
  isOpen?: unknown;
  /** Something is to be done even in a closed panel. */
  isPending?: unknown;
}

/** Reads where the visitor was, before the panel is there to do it. */
export function readEarlierPlace(attributes: ReadonlyMap<string, string>): EarlierPlace {
  const endpoint = absoluteEndpoint(attributes.get("endpoint") ?? "");
  try {
    const text = sessionStorage.getItem(storageKey("place", endpoint, attributes.get("assistant") ?? ""));
    const value: unknown = JSON.parse(text ?? "null");
    return typeof value === "object" && value !== null ? value : {};
  } catch {
    return {}; // storage is blocked, or holds something else
  }
}
