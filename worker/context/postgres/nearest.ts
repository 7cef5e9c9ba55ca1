import type { Passage } from "../passage-results.ts";
import { writeVector } from "./chunk-rows.ts";
import type { PostgresConnection } from "./connection.ts";
import type { Space } from "./space.ts";
import { sql } from "./sql.ts";
import { readHeadings } from "./text-index.ts";

/** A passage, and the cosine of the angle between its vector and the question's: at most 1. */
export interface NearPassage extends Passage {
  similarity: number;
}

/** How many of the nearest passages are returned. */
const maxNearest = 30;

/**
 * How many candidates the index keeps during a search. More of them give better results, but take longer. pgvector's
 * default is 40.
 */
export const searchSettings = "SET LOCAL hnsw.ef_search = 100";

/** Finds the passages whose vectors are nearest to a question's, nearest first. Use it in a transaction. */
export async function findNearest(
  connection: PostgresConnection,
  space: Space,
  vector: readonly number[],
): Promise<NearPassage[]> {
  const { text, values } = nearestStatement(space, vector);
  const rows = await connection.query<NearPassage & { headings: string }>({ text, values });
  return rows.map((row) => ({ ...row, headings: readHeadings(row.headings) }));
}

/** The statement of {@link findNearest}. It has a function of its own so that a test can ask for its query plan. */
export function nearestStatement({ name, type }: Space, vector: readonly number[]) {
  const { text, values } = sql`
    SELECT path, position, documents.title, url, headings, anchor, content, 1 - distance AS similarity
    FROM (
      SELECT chunk, embedding::vector_type <=> ${writeVector(vector)}::vector_type AS distance
      FROM rivulet_chat.embeddings WHERE space = ${name}
      ORDER BY distance LIMIT ${maxNearest}
    ) AS near
    JOIN rivulet_chat.chunks ON chunks.id = chunk
    JOIN rivulet_chat.documents ON documents.id = document
    ORDER BY distance`;
  // The index is on the cast expression, so the statement must have the same cast. Its type cannot be a bound value.
  return { text: text.replaceAll("vector_type", type), values };
}

/** Whether an assistant has any passages, with vectors or without. */
export async function hasPassages(connection: PostgresConnection, assistant: string): Promise<boolean> {
  const rows = await connection.query(sql`SELECT 1 FROM rivulet_chat.chunks WHERE assistant = ${assistant} LIMIT 1`);
  return rows.length > 0;
}
