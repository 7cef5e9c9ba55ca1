import { randomUUID } from "node:crypto";
import { join } from "node:path";
import type { DocumentsDatabase } from "../../../worker/context/full-text/sql.ts";
import { databaseWorker, FetchedDatabase } from "../fetched-database.ts";
import { loadMiniflare } from "../load-miniflare.ts";
import { Mistake } from "../mistake.ts";
import { readDatabaseIds } from "./database-ids.ts";
import { refuseSignalHandlers } from "./refuse-signal-handlers.ts";

/** A database that is open. */
export interface OpenDatabase {
  database: DocumentsDatabase;
  close(): Promise<void>;
}

/**
 * Opens the database that `npm start` and `npm run worker` use on this machine, even while they are running.
 * @param binding its name in wrangler.toml
 * @param persistTo the folder of the worker's state, as in `npm run worker -- --persist-to`
 * @throws Mistake if wrangler.toml does not contain the database
 */
export async function openLocalDatabase(binding: string, persistTo: string): Promise<OpenDatabase> {
  const id = readDatabaseIds().get(binding);
  if (id === undefined) throw missingBinding(binding);
  const path = `/${randomUUID()}`;
  const { convertV4MiniflareOptions, Miniflare } = loadMiniflare();
  const { workers } = convertV4MiniflareOptions({
    name: "ingest",
    modules: [
      { type: "ESModule", path: "guard.mjs", contents: guard },
      { type: "ESModule", path: "database.mjs", contents: databaseWorker },
    ],
    compatibilityDate: "2026-10-01",
    d1Databases: { DOCUMENTS: id },
    bindings: { PATH: path },
  });
  const resourcePersistencePath = join(persistTo, "v3"); // the folder that wrangler uses
  const options = { workers, resourcePersistencePath, host: "127.0.0.1", port: 0, cf: false };
  const allowSignalHandlers = refuseSignalHandlers();
  const miniflare = new Miniflare(options);
  const url = new URL(path, await miniflare.ready);
  return { database: new FetchedDatabase(url), close: () => miniflare.dispose().finally(allowSignalHandlers) };
}

/**
 * The database's worker runs any statement. A web page in a browser on this machine could send one, but does not know
 * the path.
 */
const guard = `import database from "./database.mjs";
export default {
  fetch(request, env) {
    const isAllowed = new URL(request.url).pathname === env.PATH;
    return isAllowed ? database.fetch(request, env) : new Response(null, { status: 404 });
  },
};`;

/** What to do if wrangler.toml does not contain the database. */
export function missingBinding(binding: string): Mistake {
  return new Mistake(
    `wrangler.toml: there is no D1 database with the binding ${binding}: add it under [[d1_databases]], as docs/documents.md shows.`,
  );
}
