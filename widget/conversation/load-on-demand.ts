import type { ChatApi } from "../transport/api.ts";
import { TransportError } from "../transport/failure.ts";

/**
 * Loads a part of the chat that few need. Where the worker answers and the part does not come, another try cannot help: the
 * worker was deployed anew while the page was open, or the engine remembers a failure of its network.
 * @param load imports it
 * @throws TransportError `outdated` then; else, where the worker cannot be reached either, why
 */
export async function loadOnDemand<T>(api: ChatApi, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (cause) {
    await api.reach();
    throw new TransportError("outdated", { cause });
  }
}
