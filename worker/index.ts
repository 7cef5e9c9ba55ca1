import { project } from "../assistants/index.ts";
import { createApp } from "./app.ts";
import { LedgerObject } from "./ledger/ledger.ts";
import { VisitorObject } from "./visitor/visitor.ts";

/** The visitor objects of this repository's own project. */
export class Visitor extends VisitorObject {
  override readonly project = project;
}

export { LedgerObject as Ledger };

export default createApp(project);
