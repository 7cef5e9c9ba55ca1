import type { Row } from "../storage/sql.ts";

/** The tables that hold conversations, in the order in which they are moved, with their primary keys. */
const movedTables = {
  conversation: ["id"],
  message: ["conversation", "position"],
  answer: ["conversation", "message", "version"],
  replaced_message: ["id"],
} as const;

/** A table that holds conversations. */
export type MovedTable = keyof typeof movedTables;

/** A row on its way to another visitor's object. */
export interface MovedRow {
  table: MovedTable;
  row: Row;
}

/**
 * Writes each row of the conversations as one line of JSON.
 * @param rowAfter reads the row that follows `row` in primary-key order, or the table's first row if `row` is omitted
 */
export function* writeRows(rowAfter: (table: MovedTable, row?: Row) => Row | undefined): Generator<string, void> {
  for (const table of Object.keys(movedTables) as MovedTable[]) {
    for (let row = rowAfter(table); row !== undefined; row = rowAfter(table, row)) {
      yield `${JSON.stringify({ table, row } satisfies MovedRow)}\n`;
    }
  }
}

/**
 * Reads what `writeRows` has written.
 * @param take called for each piece of the stream, with the rows whose lines it completes
 */
export async function readRows(
  bytes: ReadableStream<Uint8Array>,
  take: (rows: readonly MovedRow[]) => void,
): Promise<void> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const piece of bytes) {
    const lines = (rest + decoder.decode(piece, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    take(lines.map((line) => JSON.parse(line) as MovedRow)); // written by another object that runs this code
  }
}

/** Reads the row that follows `row` in primary-key order, or the table's first row if `row` is omitted. */
export function readRowAfter({ sql }: DurableObjectStorage, table: MovedTable, row?: Row): Row | undefined {
  const key = movedTables[table];
  const after = row === undefined ? "" : `WHERE (${key.join(", ")}) > (${key.map(() => "?").join(", ")})`;
  const values = row === undefined ? [] : key.map((column) => row[column] ?? null);
  return sql.exec<Row>(`SELECT * FROM ${table} ${after} ORDER BY ${key.join(", ")} LIMIT 1`, ...values).toArray()[0];
}

/** Adds rows, except those whose primary key is taken. */
export function insertRows({ sql }: DurableObjectStorage, rows: readonly MovedRow[]): void {
  for (const { table, row } of rows) {
    const columns = Object.keys(row);
    const places = columns.map(() => "?").join(", ");
    sql.exec(`INSERT OR IGNORE INTO ${table} (${columns.join(", ")}) VALUES (${places})`, ...Object.values(row));
  }
}
