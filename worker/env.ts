import type { LedgerObject } from "./ledger/ledger.ts";
import type { VisitorObject } from "./visitor/visitor.ts";

/** The bindings that `wrangler.toml` declares. `readSettings` reads the variables and secrets. */
export interface Env {
  VISITOR: DurableObjectNamespace<VisitorObject>;
  LEDGER: DurableObjectNamespace<LedgerObject>;
  /** Limits all requests per address, if the operator binds it. */
  REQUEST_LIMIT?: RateLimit;
  /** Limits the questions per address, if the operator binds it. */
  ADDRESS_LIMIT?: RateLimit;
  /** Limits the new sessions per address, if the operator binds it. */
  SESSION_LIMIT?: RateLimit;
  /** Limits the exports per address, if the operator binds it. */
  EXPORT_LIMIT?: RateLimit;
}
