import { askUpstream, type LayerEnv } from "./env.ts";
import { includes, levelOf } from "./levels.ts";

export { LayerObject } from "./layer-object.ts";
export { LedgerObject } from "./ledger-object.ts";

export default {
  async fetch(request: Request, env: LayerEnv): Promise<Response> {
    const level = levelOf(new URL(request.url).pathname);
    if (level === undefined) return new Response(null, { status: 404 });
    if (!includes(level, "new object")) return askUpstream(request, env);
    return env.LAYER.get(env.LAYER.idFromName(crypto.randomUUID())).fetch(request);
  },
};
