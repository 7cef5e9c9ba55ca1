import { databaseWorker, FetchedDatabase } from "../../scripts/lib/fetched-database.ts";
import { loadMiniflare } from "../../scripts/lib/load-miniflare.ts";

/** A D1 database in a workerd of its own. */
export interface TestDatabase extends AsyncDisposable {
  readonly database: FetchedDatabase;
}

/**
 * Starts a D1 database.
 * @param state the folder that keeps the database, new or existing; without one, it starts empty and is not kept
 */
export async function startDocumentsDatabase(state?: string): Promise<TestDatabase> {
  const { convertV4MiniflareOptions, Miniflare } = loadMiniflare();
  const { workers } = convertV4MiniflareOptions({
    name: "documents",
    modules: true,
    script: databaseWorker,
    compatibilityDate: "2026-10-01",
    d1Databases: { DOCUMENTS: "documents" },
  });
  const persistence = state === undefined ? {} : { resourcePersistencePath: state };
  const miniflare = new Miniflare({ workers, host: "127.0.0.1", port: 0, cf: false, ...persistence });
  const url = await miniflare.ready;
  return {
    database: new FetchedDatabase(url.origin),
    [Symbol.asyncDispose]: () => miniflare.dispose(),
  };
}
