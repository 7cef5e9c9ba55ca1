import { createApp } from "../../../worker/app.ts";
import { LedgerObject } from "../../../worker/ledger/ledger.ts";
import { VisitorObject } from "../../../worker/visitor/visitor.ts";
import { project } from "./project.ts";

export class Visitor extends VisitorObject {
  override readonly project = project;
}

export { LedgerObject as Ledger };

export default createApp(project);
