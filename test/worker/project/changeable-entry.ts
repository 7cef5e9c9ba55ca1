// The tests' project. A request can say what its environment lacks, so that one worker shows every outcome.
import { createApp } from "../../../worker/app.ts";
import type { Env } from "../../../worker/env.ts";
import { LedgerObject } from "../../../worker/ledger/ledger.ts";
import { VisitorObject } from "../../../worker/visitor/visitor.ts";
import { project } from "./project.ts";

export class Visitor extends VisitorObject {
  override readonly project = project;
}

export { LedgerObject as Ledger };

const app = createApp(project);

/** Objects whose every method has a bug. */
const faulty = new Proxy({}, { get: () => () => Promise.reject(new Error("a bug")) });
const faultyObjects = { idFromName: (name: string) => name, get: () => faulty };

/** The request header that names a variable to leave unset, or `objects` to give the objects bugs. */
const lackingHeader = "x-test-lacking";

export default {
  fetch(request: Request, env: Env, context: ExecutionContext): Response | Promise<Response> {
    const lacking = request.headers.get(lackingHeader);
    if (lacking === null) return app.fetch(request, env, context);
    const change = lacking === "objects" ? { VISITOR: faultyObjects, LEDGER: faultyObjects } : { [lacking]: undefined };
    return app.fetch(request, Object.assign({ ...env }, change), context);
  },
};
