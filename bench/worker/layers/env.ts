import type { LayerObject } from "./layer-object.ts";
import type { LedgerObject } from "./ledger-object.ts";

/** Bindings and variables of the layers. */
export interface LayerEnv {
  LAYER: DurableObjectNamespace<LayerObject>;
  LEDGER: DurableObjectNamespace<LedgerObject>;
  /** The provider's base URL. */
  UPSTREAM_URL: string;
}

/** Forwards a request, and returns the response without waiting for its body. */
export async function askUpstream(request: Request, env: LayerEnv): Promise<Response> {
  const { method, headers, body } = request;
  const answer = await fetch(`${env.UPSTREAM_URL}/v1/messages`, { method, headers, body });
  return new Response(answer.body, answer);
}
