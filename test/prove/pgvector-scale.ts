// What vectors in Postgres cost as their number grows: `npm run prove -- pgvector-scale [vectors]`. The database is
// PGlite with pgvector in this process's memory, behind its server. The vectors are generated, in groups like those of
// texts.
import { startPglite } from "../../scripts/lib/postgres/pglite.ts";
import { completeEmbeddings } from "../../worker/embeddings/settings.ts";
import { PostgresConnection } from "../../worker/context/postgres/connection.ts";
import { migrate } from "../../worker/context/postgres/migrate.ts";
import { findNearest, searchSettings } from "../../worker/context/postgres/nearest.ts";
import { spaceOf } from "../../worker/context/postgres/space.ts";
import { sql } from "../../worker/context/postgres/sql.ts";
import { PostgresStore } from "../../worker/context/postgres/store.ts";
import { seeded } from "../support/seeded.ts";
import { spread } from "./figures.ts";

const dimensions = 384;
const assistant = "scale";
const groups = 500;
const questions = 200;
/** How many of the questions are compared with a search without the index. */
const compared = 20;
const rowsPerStatement = 500;
const chunksPerDocument = 20;

const access = { post: () => Promise.reject(new Error("Vectors are made here.")) };
const settings = completeEmbeddings({ connection: { provider: "azure", variables: {} }, model: "made", dimensions });

/** @param count how many vectors */
export async function prove(count = "100000"): Promise<object> {
  const vectors = Number(count);
  await using postgres = await startPglite();
  const connection = await PostgresConnection.open(postgres.connectionString);
  await migrate(connection, ["documents", "vectors"]);
  const space = spaceOf(assistant, settings);
  const make = madeVectors();

  const insertedAt = performance.now();
  for (let at = 0; at < vectors; at += rowsPerStatement) {
    await insert(connection, space.name, at, Math.min(rowsPerStatement, vectors - at), make);
  }
  const indexedAt = performance.now();
  await postgres.database.exec("SET maintenance_work_mem = '512MB'");
  const store = new PostgresStore({ connection, assistant, language: "en", embeddings: { settings, access } });
  await store.migrate(); // makes the index
  const endedAt = performance.now();

  const ms: number[] = [];
  let [found, possible] = [0, 0];
  for (let index = 0; index < questions; index += 1) {
    const vector = make();
    const search = () => findNearest(connection, space, vector);
    const askedAt = performance.now();
    const near = await connection.transaction(search, `BEGIN READ ONLY; ${searchSettings}`);
    ms.push(performance.now() - askedAt);
    if (index >= compared) continue;
    const exact = await connection.transaction(search, "BEGIN READ ONLY; SET LOCAL enable_indexscan = off");
    const keys = new Set(near.slice(0, 10).map(({ path, position }) => `${path}#${position}`));
    found += exact.slice(0, 10).filter(({ path, position }) => keys.has(`${path}#${position}`)).length;
    possible += Math.min(10, exact.length);
  }
  const [size] = await connection.transaction(() =>
    connection.query<{ total: string; indexes: string; version: string }>(sql`
      SELECT
        pg_total_relation_size('rivulet_chat.embeddings') AS total, pg_indexes_size('rivulet_chat.embeddings') AS indexes,
        split_part(version(), ' on ', 1) || ', pgvector ' ||
          (SELECT extversion FROM pg_extension WHERE extname = 'vector') AS version`),
  );
  await connection.close();
  return {
    database: `PGlite: ${size?.version ?? ""}`,
    vectors,
    dimensions,
    insertSeconds: seconds(indexedAt - insertedAt),
    indexSeconds: seconds(endedAt - indexedAt),
    query: { questions, ms: spread(ms), recallAt10: Math.round((found / possible) * 1000) / 1000 },
    totalMB: megabytes(size?.total),
    ofWhichIndexesMB: megabytes(size?.indexes),
  };
}

async function insert(
  connection: PostgresConnection,
  space: string,
  first: number,
  count: number,
  make: () => number[],
): Promise<void> {
  const rows = Array.from({ length: count }, (_, at) => ({
    document: Math.floor((first + at) / chunksPerDocument),
    position: (first + at) % chunksPerDocument,
    embedding: `[${make().join(",")}]`,
  }));
  await connection.transaction(() =>
    connection.query(sql`
      WITH given AS (
        SELECT * FROM json_to_recordset(${JSON.stringify(rows)}::json)
          AS row (document INTEGER, position INTEGER, embedding TEXT)
      ), documents AS (
        INSERT INTO rivulet_chat.documents (assistant, path, title, analysis, hash)
        SELECT DISTINCT ${assistant}, document::text, 'Title', '', '' FROM given
        RETURNING id, path
      ), made AS (
        INSERT INTO rivulet_chat.chunks (document, assistant, position, headings, content, field_terms, terms)
        SELECT documents.id, ${assistant}, position, '[]', 'A passage of some length.', '', ''
        FROM given JOIN documents ON path = given.document::text
        RETURNING id, document, position
      )
      INSERT INTO rivulet_chat.embeddings (chunk, space, embedding)
      SELECT made.id, ${space}, given.embedding::vector
      FROM made JOIN documents ON documents.id = made.document
      JOIN given ON given.document::text = path AND given.position = made.position`),
  );
}

/** Generates vectors around the centers of groups, with six decimal places per number. */
function madeVectors(): () => number[] {
  const next = seeded(1);
  const around = () => next() + next() + next() - 1.5;
  const middles = Array.from({ length: groups }, () => Array.from({ length: dimensions }, around));
  return () => {
    const middle = middles[Math.floor(next() * groups)] ?? [];
    return middle.map((value) => Math.round((value + 0.7 * around()) * 1e6) / 1e6);
  };
}

function seconds(ms: number): number {
  return Math.round(ms / 100) / 10;
}

function megabytes(bytes = "0"): number {
  return Math.round(Number(bytes) / 1e5) / 10;
}
