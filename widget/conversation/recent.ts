import type { ChatApi } from "../transport/api.ts";

/** A conversation that was used within this time, in milliseconds, goes on in a new tab: as long as a visit lasts. */
const visitMs = 30 * 60_000;

/**
 * The conversation of this visit, which a new tab goes on with.
 * @returns its id; undefined where there is none, or where it cannot be asked: then one begins anew
 */
export async function findRecent(api: ChatApi): Promise<string | undefined> {
  const { conversations } = await api.list().catch(() => ({ conversations: [] }));
  const [newest] = conversations;
  return newest && Date.now() - newest.updatedAt < visitMs ? newest.id : undefined;
}
