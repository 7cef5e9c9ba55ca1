import { isUnavailable } from "../../../worker/context/full-text/database-errors.ts";
import { ContextError } from "../../../worker/context/source.ts";
import { Mistake } from "../mistake.ts";

const damaged =
  "If that does not help, the database on this machine may be damaged: remove the folder v3/d1 in .wrangler/state, " +
  "or in the folder that --persist-to names.";

/**
 * Says why a database cannot be used.
 * @param advice what to do, as a sentence
 * @returns a {@link Mistake}, or the error itself if the database is not its cause
 */
export function databaseMistake(error: unknown, advice: string): unknown {
  if (error instanceof ContextError) return new Mistake(`${error.message} ${advice}`);
  if (isUnavailable(error)) return new Mistake(`The database cannot be used. ${advice} ${damaged}`);
  const { message } = error instanceof Error ? error : new Error(String(error));
  if (!/D1_|SQLITE_|another run|database has version/i.test(message)) return error;
  const reason = message.replace(/^D1_\w+:\s*/, "").replace(/\.$/, "");
  return new Mistake(`The database cannot be used: ${reason}. ${advice}`);
}
