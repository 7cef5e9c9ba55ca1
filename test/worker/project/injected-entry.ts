// The tests' project with injected delays in the ledger's response and in storage, or without calls to the ledger.
import { createApp } from "../../../worker/app.ts";
import type { Env } from "../../../worker/env.ts";
import { LedgerObject, type LedgerReply, type Reservation } from "../../../worker/ledger/ledger.ts";
import type { Ledger as LedgerMethods } from "../../../worker/ledger/spending.ts";
import { VisitorObject } from "../../../worker/visitor/visitor.ts";
import { gated, OutputGate } from "./output-gate.ts";
import { project } from "./project.ts";

/** Delays are in milliseconds. */
interface Injected extends Env {
  /** A URL that each reservation fetches. The ledger answers once that request is answered. */
  LEDGER_GATE_URL?: string;
  /** From a reservation's arrival to its response. */
  LEDGER_DELAY_MS?: string;
  /** From a write of a visitor's object to its confirmation. */
  STORAGE_DELAY_MS?: string;
  /** From a write of the ledger to its confirmation. */
  LEDGER_STORAGE_DELAY_MS?: string;
  WITHOUT_LEDGER?: string;
}

/** Allows every turn without a call to the ledger, so that the time of a turn without a ledger can be measured. */
const noLedger: LedgerMethods = {
  reserve: () => Promise.resolve({ allowed: true }),
  settle: () => Promise.resolve(),
  reportRejection: () => Promise.resolve(),
};

/** The ledgers as a visitor's object calls them: a call passes the object's output gate. */
function ledgersOf({ LEDGER, WITHOUT_LEDGER }: Injected): unknown {
  if (WITHOUT_LEDGER !== undefined) return { idFromName: (name: string) => name, get: () => noLedger };
  const get = (id: DurableObjectId) => {
    const ledger: LedgerMethods = LEDGER.get(id);
    return {
      reserve: gated((wish: Reservation) => ledger.reserve(wish)),
      settle: gated((key: string, nanoUsd: number) => ledger.settle(key, nanoUsd)),
      reportRejection: gated((assistant: string, detail: string) => ledger.reportRejection(assistant, detail)),
    } satisfies LedgerMethods;
  };
  return { idFromName: (name: string) => LEDGER.idFromName(name), get };
}

/** One environment for all objects, as on the platform: connections to providers are cached per environment. */
const environments = new WeakMap<Injected, Env>();

function environmentOf(env: Injected): Env {
  const known = environments.get(env) ?? ({ ...env, LEDGER: ledgersOf(env) } as Env);
  environments.set(env, known);
  return known;
}

globalThis.fetch = gated(globalThis.fetch.bind(globalThis));

export class Visitor extends VisitorObject {
  override readonly project = project;
  readonly gate: OutputGate;

  constructor(context: DurableObjectState, env: Injected) {
    const gate = new OutputGate(context.storage, Number(env.STORAGE_DELAY_MS ?? 0));
    super(context, environmentOf(env));
    this.gate = gate;
  }
}

const methods = [
  ...(["signIn", "check", "ask", "regenerate", "follow", "stop", "list", "read", "rename", "remove", "rate"] as const),
  ...(["export", "forget", "signOut", "exportRows", "importRows"] as const),
];
for (const name of methods) {
  const method = VisitorObject.prototype[name] as (...values: unknown[]) => Promise<unknown>;
  const value = function (this: Visitor, ...values: unknown[]) {
    return this.gate.run(() => method.apply(this, values));
  };
  Object.defineProperty(Visitor.prototype, name, { value });
}

export class Ledger extends LedgerObject {
  readonly #gate: OutputGate;

  constructor(context: DurableObjectState, env: Injected) {
    const gate = new OutputGate(context.storage, Number(env.LEDGER_STORAGE_DELAY_MS ?? 0));
    super(context, env);
    this.#gate = gate;
  }

  override async reserve(wish: Reservation): Promise<LedgerReply> {
    const { LEDGER_DELAY_MS, LEDGER_GATE_URL } = this.env as Injected;
    if (LEDGER_GATE_URL !== undefined) await (await fetch(LEDGER_GATE_URL)).body?.cancel();
    if (LEDGER_DELAY_MS !== undefined) await scheduler.wait(Number(LEDGER_DELAY_MS));
    return this.#gate.run(async () => super.reserve(wish));
  }
}

export default createApp(project);
