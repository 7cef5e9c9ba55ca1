import { createApp } from "../../../worker/app.ts";
import type { Env } from "../../../worker/env.ts";
import { LedgerObject } from "../../../worker/ledger/ledger.ts";
import { VisitorObject } from "../../../worker/visitor/visitor.ts";
import { project } from "./project.ts";

/** The visitor's object, which also reports how many rows each statement read and wrote. The platform bills these. */
export class Visitor extends VisitorObject {
  override readonly project = project;

  constructor(context: DurableObjectState, env: Env) {
    countRows(context.storage, "visitor");
    super(context, env);
  }
}

/** The ledger, with the same reports. */
export class Ledger extends LedgerObject {
  constructor(context: DurableObjectState, env: Env) {
    countRows(context.storage, "ledger");
    super(context, env);
  }
}

function countRows(storage: DurableObjectStorage, kind: string): void {
  const say = (query: string, read: number, written: number) => {
    console.log(JSON.stringify({ event: "rows", kind, query: query.trim().slice(0, 40), read, written }));
  };
  const { sql } = storage;
  const exec = sql.exec.bind(sql);
  const setAlarm = storage.setAlarm.bind(storage);
  const counted = (query: string, ...values: SqlStorageValue[]) => {
    const cursor = exec(query, ...values);
    const rows = cursor.toArray(); // the counts are complete only after all rows are read
    say(query, cursor.rowsRead, cursor.rowsWritten);
    return { toArray: () => rows };
  };
  Object.defineProperty(sql, "exec", { value: counted });
  Object.defineProperty(storage, "setAlarm", {
    value: (time: number) => {
      say("set the alarm", 0, 1); // the platform bills it as a written row
      return setAlarm(time);
    },
  });
}

export default createApp(project);
