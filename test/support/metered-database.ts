import type { DocumentsDatabase, Result, Statement } from "../../worker/context/full-text/sql.ts";

/** What some batches have used. */
export interface Usage {
  rowsRead: number;
  rowsWritten: number;
  /** The time that the database took. */
  sqlMs: number;
}

const nothing: Usage = { rowsRead: 0, rowsWritten: 0, sqlMs: 0 };

/** A database that adds up what D1 says about each statement. */
export class MeteredDatabase implements DocumentsDatabase {
  /** The size of the database after the last batch. */
  sizeBytes = 0;
  readonly #database: DocumentsDatabase;
  #used = nothing;

  constructor(database: DocumentsDatabase) {
    this.#database = database;
  }

  prepare(query: string): Statement {
    return this.#database.prepare(query);
  }

  async batch(statements: Statement[]): Promise<Result[]> {
    const results = await this.#database.batch(statements);
    for (const { meta } of results) {
      this.#used = {
        rowsRead: this.#used.rowsRead + numberIn(meta, "rows_read"),
        rowsWritten: this.#used.rowsWritten + numberIn(meta, "rows_written"),
        sqlMs: this.#used.sqlMs + numberIn(meta, "duration"),
      };
      this.sizeBytes = numberIn(meta, "size_after");
    }
    return results;
  }

  /** Returns what was used since the last call. */
  take(): Usage {
    const used = this.#used;
    this.#used = nothing;
    return used;
  }
}

function numberIn(meta: object, name: string): number {
  return Number(Reflect.get(meta, name));
}
