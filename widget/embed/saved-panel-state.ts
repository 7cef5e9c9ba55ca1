import { absoluteEndpoint, storageKey } from "../conversation/storage-key.ts";

/** The part of this tab's saved state that concerns the panel. It was saved on the previous page. */
export interface SavedPanelState {
  /** Whether the panel was open; undefined if the visitor has neither opened nor closed it. */
  isOpen?: unknown;
  /** Whether a turn was running. It continues even if the panel is closed. */
  isPending?: unknown;
}

/** Reads the saved state before the panel is loaded. */
export function readSavedPanelState(attributes: ReadonlyMap<string, string>): SavedPanelState {
  try {
    const endpoint = absoluteEndpoint(attributes.get("endpoint"));
    const text = sessionStorage.getItem(storageKey("tab", endpoint, attributes.get("assistant") ?? ""));
    const value: unknown = JSON.parse(text ?? "null");
    return new Object(value);
  } catch {
    return {}; // storage is blocked or holds something else, or the endpoint is not an address
  }
}
