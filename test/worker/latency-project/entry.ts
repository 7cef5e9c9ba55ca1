import { createApp } from "../../../worker/app.ts";
import { LedgerObject, type LedgerReply, type Reservation } from "../../../worker/ledger/ledger.ts";
import { VisitorObject } from "../../../worker/visitor/visitor.ts";
import { project } from "./project.ts";

export class Visitor extends VisitorObject {
  override readonly project = project;
}

/** A ledger that is slow for one assistant. */
export class Ledger extends LedgerObject {
  override async reserve(reservation: Reservation): Promise<LedgerReply> {
    if (reservation.assistant === "late") await scheduler.wait(150);
    return super.reserve(reservation);
  }
}

export default createApp(project);
