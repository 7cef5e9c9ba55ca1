import { createApp } from "../../../worker/app.ts";
import type { Env } from "../../../worker/env.ts";
import { LedgerObject } from "../../../worker/ledger/ledger.ts";
import { VisitorObject } from "../../../worker/visitor/visitor.ts";
import { project } from "./project.ts";

/**
 * A stand-in for the platform's namespaces, because workerd has no jurisdictions locally. Its objects can be reached
 * only through a jurisdiction, and it reports which one.
 */
function withJurisdictions<T extends Rpc.DurableObjectBranded>(namespace: DurableObjectNamespace<T>, kind: string) {
  const jurisdiction = (place: string) => {
    console.log(JSON.stringify({ event: "jurisdiction", kind, place }));
    return namespace;
  };
  return { jurisdiction } as unknown as DurableObjectNamespace<T>;
}

export class Visitor extends VisitorObject {
  override readonly project = project;

  constructor(context: DurableObjectState, env: Env) {
    super(context, { ...env, LEDGER: withJurisdictions(env.LEDGER, "ledger") });
  }
}

export { LedgerObject as Ledger };

const app = createApp(project);

export default {
  fetch(request: Request, env: Env, context: ExecutionContext): Response | Promise<Response> {
    const VISITOR = withJurisdictions(env.VISITOR, "visitor");
    return app.fetch(request, { ...env, VISITOR, LEDGER: withJurisdictions(env.LEDGER, "ledger") }, context);
  },
};
