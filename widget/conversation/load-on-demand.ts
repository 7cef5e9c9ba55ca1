import type { ChatApi } from "../transport/api.ts";
import { TransportError } from "../transport/failure.ts";

/**
 * Loads a part of the chat at first use. If it fails although the worker is reachable, a retry cannot help: the worker
 * was redeployed while the page was open, or the engine cached the failed import.
 * @param load imports the part
 * @throws TransportError `outdated` in that case; otherwise the reason why the worker is unreachable
 */
export async function loadOnDemand<T>(api: ChatApi, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (cause) {
    await api.reach();
    throw new TransportError("outdated", { cause });
  }
}
