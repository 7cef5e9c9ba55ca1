import type { IngestionStore, KnownDocument } from "../../../worker/context/ingestion-store.ts";
import { PostgresError } from "../../../worker/context/postgres/postgres-error.ts";
import { ContextError } from "../../../worker/context/source.ts";
import { Mistake } from "../mistake.ts";
import { findFiles } from "./find-files.ts";
import { ingestDocuments, type Outcome } from "./ingest-documents.ts";
import type { OpenStore } from "./open-store.ts";
import { Progress } from "./progress.ts";
import { describeOutcome, printSummary } from "./summary.ts";

/** What `npm run ingest` is asked for. */
export interface IngestionRequest {
  assistant: string;
  /** Of the documents, as a BCP 47 tag. */
  language: string;
  /** Folders and files, relative to `from`. */
  named: readonly string[];
  from: string;
  urlPrefix?: string;
  isDryRun: boolean;
  isPruning: boolean;
  open(): Promise<OpenStore>;
  signal: AbortSignal;
}

/** Brings documents in, and prints progress and summary. @returns the exit code */
export async function runIngestion(request: IngestionRequest): Promise<number> {
  const { isDryRun, signal } = request;
  const found = await findFiles(request.named, request.from);
  const progress = new Progress(process.stderr);
  const { store, costs, close } = await request.open();
  const outcomes: Outcome[] = [];
  try {
    if (!isDryRun) await store.migrate();
    const options = {
      language: request.language,
      urlPrefix: request.urlPrefix,
      isDryRun,
      isPruning: request.isPruning,
      signal,
      onFile: (path: string, number: number, total: number) => progress.show(`${number} of ${total}: ${path}`),
    };
    for await (const outcome of ingestDocuments(found, isDryRun ? readOnly(store) : store, options)) {
      outcomes.push(outcome);
      if (outcome.state === "unchanged" || outcome.state === "failed") continue;
      progress.step(describeOutcome(outcome), isDryRun);
    }
  } catch (error) {
    if (!signal.aborted) throw explain(error);
  } finally {
    progress.clear();
    await close();
  }
  printSummary(outcomes);
  const paid = costs();
  if (paid !== undefined) console.log(`\n${paid}`);
  if (found.leftOut === 1) console.log("\nLeft out, because it is no document: 1 file.");
  if (found.leftOut > 1) console.log(`\nLeft out, because they are no documents: ${found.leftOut} files.`);
  if (isDryRun) console.log("\nThis was a dry run: nothing was written.");
  if (!signal.aborted) return outcomes.some(({ state }) => state === "failed") ? 1 : 0;
  console.error("\nInterrupted. Run the command again: it continues where it stopped.");
  return 130;
}

/** A dry run makes no tables. If there are none, there are no documents either. */
function readOnly(store: IngestionStore): Pick<IngestionStore, "hashes" | "put" | "remove"> {
  const none = (error: unknown) => {
    if (!hasNoTables(error)) throw error;
    return new Map<string, KnownDocument>();
  };
  return { hashes: () => store.hashes().catch(none), put: () => Promise.resolve(), remove: () => Promise.resolve() };
}

function hasNoTables(error: unknown): boolean {
  if (error instanceof PostgresError) return error.hasNoTables;
  return error instanceof Error && error.message.includes("no such table");
}

function explain(error: unknown): unknown {
  if (error instanceof ContextError)
    return new Mistake(`${error.message} Run the command again: it continues where it stopped.`);
  const { message } = error instanceof Error ? error : new Error(String(error));
  if (!/D1_|SQLITE_|another run|database has version/i.test(message)) return error;
  const reason = message.replace(/^D1_\w+:\s*/, "").replace(/\.$/, "");
  return new Mistake(`The database cannot be used: ${reason}. Run the command again: it continues where it stopped.`);
}
