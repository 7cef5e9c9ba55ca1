import { Client } from "pg";
import { untilAborted } from "../until-aborted.ts";
import { PostgresError, toPostgresError } from "./postgres-error.ts";
import type { Statement } from "./sql.ts";

/** How long to wait for a connection to open, in milliseconds. A search has a shorter limit of its own. */
const connectMs = 10_000;

const notAnAddress =
  "The connection string is not the address of a Postgres database: write it as in " +
  "postgres://user:password@host:5432/database, with %23 for a # in the password, %2F for a /, %3F for a ? and %25 for a %.";

/**
 * A connection to Postgres. A Worker may not share a socket between requests, so each search opens its own connection;
 * Hyperdrive keeps the connections to the database open.
 *
 * Everything runs in a transaction. A pooler gives each transaction a server connection of its own. The clients of
 * PGlite share one session, and a transaction has that session to itself until it ends.
 */
export class PostgresConnection {
  readonly #client: Client;

  private constructor(client: Client) {
    this.#client = client;
  }

  /**
   * Opens a connection.
   * @param signal when aborted, ends the attempt at once
   * @throws ContextError that says what is wrong, or the signal's reason
   */
  static async open(connectionString: string, signal?: AbortSignal): Promise<PostgresConnection> {
    const client = createClient(connectionString);
    const connection = new PostgresConnection(client);
    client.on("error", () => undefined); // nothing to do: the running query fails as well
    try {
      await withSignal(client.connect(), signal);
    } catch (error) {
      connection.drop();
      signal?.throwIfAborted();
      throw toPostgresError(error);
    }
    return connection;
  }

  /**
   * Runs a transaction, and commits it when `run` has succeeded. If it fails, nothing of it is kept.
   * @param begin the statement that begins the transaction, and settings that apply to it alone
   * @param signal when aborted, breaks the connection at once
   * @throws ContextError, the error of `run`, or the signal's reason
   */
  async transaction<T>(run: () => Promise<T>, begin = "BEGIN", signal?: AbortSignal): Promise<T> {
    const inTransaction = async () => {
      await this.run(begin);
      const result = await run();
      await this.run("COMMIT");
      return result;
    };
    try {
      return await withSignal(inTransaction(), signal);
    } catch (error) {
      if (signal?.aborted === true) this.drop();
      else await this.#client.query("ROLLBACK").catch(() => undefined); // a broken connection needs no rollback
      signal?.throwIfAborted();
      throw error;
    }
  }

  /** Runs one statement. @throws ContextError */
  async query<Row>({ text, values }: Statement): Promise<Row[]> {
    try {
      const { rows } = await this.#client.query(text, values);
      return rows as Row[];
    } catch (error) {
      throw toPostgresError(error);
    }
  }

  /** Runs statements without bound values. @throws ContextError */
  async run(statements: string): Promise<void> {
    try {
      await this.#client.query(statements);
    } catch (error) {
      throw toPostgresError(error);
    }
  }

  /** Ends the connection. */
  async close(): Promise<void> {
    await this.#client.end().catch(() => undefined); // it may be broken already
  }

  /** Breaks the connection, whatever it is doing. */
  drop(): void {
    this.#client.connection.stream.destroy();
  }
}

/** Without one of these beginnings, the driver takes almost any text for the address of some server. */
const schemes = /^(?:postgres(?:ql)?|socket):\/\/|^\//;

function createClient(connectionString: string): Client {
  if (!schemes.test(connectionString)) throw new PostgresError(notAnAddress, undefined);
  try {
    return new Client({ connectionString, connectionTimeoutMillis: connectMs });
  } catch (error) {
    throw new PostgresError(notAnAddress, error);
  }
}

function withSignal<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  return signal === undefined ? promise : untilAborted(promise, signal);
}
