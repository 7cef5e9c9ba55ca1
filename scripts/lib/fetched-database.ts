import type { DocumentsDatabase, Result, Statement } from "../../worker/context/full-text/sql.ts";

/**
 * The worker behind a {@link FetchedDatabase}. It runs any statement, so it must be reachable only from this machine.
 */
export const databaseWorker = `export default {
  async fetch(request, { DOCUMENTS }) {
    const statements = (await request.json()).map(({ query, values }) => DOCUMENTS.prepare(query).bind(...values));
    try {
      return Response.json(await DOCUMENTS.batch(statements));
    } catch (error) {
      return new Response(error.message, { status: 500 });
    }
  },
};`;

/**
 * A D1 database for Node, with one request per batch. Miniflare's own proxy makes a blocking request for each statement
 * that is prepared and for each one that is bound.
 */
export class FetchedDatabase implements DocumentsDatabase {
  readonly #url: string | URL;

  /** @param url the URL of {@link databaseWorker} */
  constructor(url: string | URL) {
    this.#url = url;
  }

  prepare(query: string): FetchedStatement {
    return new FetchedStatement(query, []);
  }

  async batch(statements: Statement[]): Promise<Result[]> {
    // A connection that is kept open may be closed before the next batch: reading a large PDF takes seconds.
    const headers = { connection: "close" };
    const response = await fetch(this.#url, { method: "POST", headers, body: JSON.stringify(statements) });
    if (!response.ok) throw new Error(await response.text());
    const results: Result[] = await response.json();
    return results;
  }
}

class FetchedStatement implements Statement {
  readonly query: string;
  readonly values: readonly (string | number | null)[];

  constructor(query: string, values: readonly (string | number | null)[]) {
    this.query = query;
    this.values = values;
  }

  bind(...values: (string | number | null)[]): FetchedStatement {
    return new FetchedStatement(this.query, values);
  }
}
