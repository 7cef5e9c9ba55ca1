import { createApp } from "../../../worker/app.ts";
import { defineProject } from "../../../worker/assistants/project.ts";
import { LedgerObject } from "../../../worker/ledger/ledger.ts";
import { VisitorObject } from "../../../worker/visitor/visitor.ts";
import { assistants, connections } from "./project.ts";

const { plain: _removed, ...others } = assistants;

/** The project after its operator removed an assistant. */
const project = defineProject({ connections, assistants: others });

export class Visitor extends VisitorObject {
  override readonly project = project;
}

export { LedgerObject as Ledger };

export default createApp(project);
