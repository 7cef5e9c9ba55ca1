import { PGlite } from "@electric-sql/pglite";
import { vector } from "@electric-sql/pglite-pgvector";
import { PGLiteSocketServer } from "@electric-sql/pglite-socket";

/** Postgres with pgvector on this machine, for development and tests. */
export interface Pglite extends AsyncDisposable {
  readonly connectionString: string;
  readonly port: number;
  /** The database itself, beside its server. */
  readonly database: PGlite;
}

/** Starts an empty database behind a server. Its clients share one session, so every one of them has to use transactions. */
export async function startPglite(): Promise<Pglite> {
  const database = await PGlite.create({ extensions: { vector } });
  const server = new PGLiteSocketServer({ db: database, host: "127.0.0.1", port: 0, maxConnections: 50 });
  await server.start();
  const port = Number(server.getServerConn().split(":").at(-1));
  return {
    connectionString: `postgres://postgres:postgres@127.0.0.1:${port}/postgres`,
    port,
    database,
    async [Symbol.asyncDispose]() {
      await server.stop();
      await database.close();
    },
  };
}
