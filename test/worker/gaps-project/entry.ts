import { createApp } from "../../../worker/app.ts";
import { isDatabase, type DocumentsDatabase } from "../../../worker/context/full-text/sql.ts";
import type { Env } from "../../../worker/env.ts";
import { LedgerObject } from "../../../worker/ledger/ledger.ts";
import { VisitorObject } from "../../../worker/visitor/visitor.ts";
import { project } from "./project.ts";

export class Visitor extends VisitorObject {
  override readonly project = project;

  constructor(context: DurableObjectState, env: Env) {
    const database: unknown = Reflect.get(env, "DOCUMENTS");
    super(context, isDatabase(database) ? { ...env, ...{ DOCUMENTS: breakable(database) } } : env);
  }
}

export { LedgerObject as Ledger };

export default createApp(project);

/** The same database. While it has a table named `outage`, it answers as D1 does when it cannot be reached. */
function breakable(database: DocumentsDatabase): DocumentsDatabase {
  return {
    prepare: (query) => database.prepare(query),
    async batch(statements) {
      const [found] = await database.batch([database.prepare("SELECT 1 FROM sqlite_master WHERE name = 'outage'")]);
      if (found?.results.length !== 0) throw new Error("D1_ERROR: Network connection lost.");
      return database.batch(statements);
    },
  };
}
