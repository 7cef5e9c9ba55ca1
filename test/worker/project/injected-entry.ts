// The tests' project with a delay injected into the ledger's answer, or with a ledger that is not asked at all.
import { createApp } from "../../../worker/app.ts";
import type { Env } from "../../../worker/env.ts";
import { LedgerObject, type LedgerReply, type Reservation } from "../../../worker/ledger/ledger.ts";
import { VisitorObject } from "../../../worker/visitor/visitor.ts";
import { project } from "./project.ts";

interface Injected extends Env {
  LEDGER_DELAY_MS?: string;
  WITHOUT_LEDGER?: string;
}

/** Says yes without being asked: what a turn would cost without the guard. */
const noLedger = {
  idFromName: (name: string) => name,
  get: () => ({
    reserve: () => Promise.resolve({ allowed: true }),
    settle: () => Promise.resolve(),
    reportRejection: () => Promise.resolve(),
  }),
};

export class Visitor extends VisitorObject {
  override readonly project = project;

  constructor(context: DurableObjectState, env: Injected) {
    super(context, env.WITHOUT_LEDGER === undefined ? env : ({ ...env, LEDGER: noLedger } as unknown as Env));
  }
}

export class Ledger extends LedgerObject {
  override async reserve(wish: Reservation): Promise<LedgerReply> {
    const { LEDGER_DELAY_MS } = this.env as Injected;
    if (LEDGER_DELAY_MS !== undefined) await scheduler.wait(Number(LEDGER_DELAY_MS));
    return super.reserve(wish);
  }
}

export default createApp(project);
