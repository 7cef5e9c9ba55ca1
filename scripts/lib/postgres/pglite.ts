import { existsSync, mkdirSync, openAsBlob, readFileSync, renameSync, writeFileSync } from "node:fs";
import { PGlite } from "@electric-sql/pglite";
import { vector } from "@electric-sql/pglite-pgvector";
import { PGLiteSocketServer } from "@electric-sql/pglite-socket";
import { at } from "../root.ts";

/** Postgres with pgvector on this machine, for development and tests. */
export interface Pglite extends AsyncDisposable {
  readonly connectionString: string;
  readonly port: number;
  /** The database itself, for access without the server. */
  readonly database: PGlite;
}

/** Starts an empty database behind a server. All of its clients share one session, so they have to use transactions. */
export async function startPglite(): Promise<Pglite> {
  const database = await create();
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

/**
 * Creates an empty database. Making its files takes most of the CPU time of a start, so the files of the first start
 * are kept.
 */
async function create(): Promise<PGlite> {
  const extensions = { vector };
  const manifest: unknown = JSON.parse(readFileSync(at("node_modules/@electric-sql/pglite/package.json"), "utf8"));
  const version = String(Reflect.get(Object(manifest), "version"));
  const kept = at(`.wrangler/pglite/${version}.tar`);
  if (existsSync(kept)) return PGlite.create({ extensions, loadDataDir: await openAsBlob(kept) });
  const database = await PGlite.create({ extensions });
  const files = await (await database.dumpDataDir("none")).bytes();
  const unfinished = `${kept}.${process.pid}`; // another program may be doing the same
  mkdirSync(at(".wrangler/pglite"), { recursive: true });
  writeFileSync(unfinished, files);
  renameSync(unfinished, kept);
  return database;
}
