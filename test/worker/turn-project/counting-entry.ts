import { createApp } from "../../../worker/app.ts";
import type { Env } from "../../../worker/env.ts";
import { LedgerObject } from "../../../worker/ledger/ledger.ts";
import { VisitorObject } from "../../../worker/visitor/visitor.ts";
import { project } from "./project.ts";

/** The visitor's object, which also says how many rows each statement read and wrote: what the platform bills. */
export class Visitor extends VisitorObject {
  override readonly project = project;

  constructor(context: DurableObjectState, env: Env) {
    countRows(context.storage);
    super(context, env);
  }
}

function countRows(storage: DurableObjectStorage): void {
  const { sql } = storage;
  const exec = sql.exec.bind(sql);
  const setAlarm = storage.setAlarm.bind(storage);
  const counted = (query: string, ...values: SqlStorageValue[]) => {
    const cursor = exec(query, ...values);
    const rows = cursor.toArray(); // only now has all of it been done
    say(query, cursor.rowsRead, cursor.rowsWritten);
    return { toArray: () => rows };
  };
  Object.defineProperty(sql, "exec", { value: counted });
  Object.defineProperty(storage, "setAlarm", {
    value: (time: number) => {
      say("set the alarm", 0, 1); // the platform bills it as a row
      return setAlarm(time);
    },
  });
}

function say(query: string, read: number, written: number): void {
  console.log(JSON.stringify({ event: "rows", query: query.trim().replace(/\s+/g, " ").slice(0, 60), read, written }));
}

export { LedgerObject as Ledger };

export default createApp(project);
