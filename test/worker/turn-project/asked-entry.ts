import { createApp } from "../../../worker/app.ts";
import { LedgerObject } from "../../../worker/ledger/ledger.ts";
import type { LedgerLimits } from "../../../worker/ledger/limits.ts";
import { VisitorObject } from "../../../worker/visitor/visitor.ts";
import { project } from "./project.ts";

export class Visitor extends VisitorObject {
  override readonly project = project;
}

/** The ledger, which also reports that it was asked whether there is room. */
export class Ledger extends LedgerObject {
  override hasRoom(limits: LedgerLimits): boolean {
    console.log(JSON.stringify({ event: "asked for room" }));
    return super.hasRoom(limits);
  }
}

export default createApp(project);
