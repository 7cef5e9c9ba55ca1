import { DocumentStore } from "../../../worker/context/full-text/store.ts";
import { databaseMistake } from "./database-mistake.ts";
import { findFiles } from "./find-files.ts";
import { ingestDocuments, type Outcome, type Store } from "./ingest-documents.ts";
import type { OpenDatabase } from "./local-database.ts";
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
  open(): Promise<OpenDatabase>;
  signal: AbortSignal;
}

/** Brings documents in, and prints progress and summary. @returns the exit code */
export async function runIngestion(request: IngestionRequest): Promise<number> {
  const { isDryRun, signal } = request;
  const found = await findFiles(request.named, request.from);
  const progress = new Progress(process.stderr);
  const { database, close } = await request.open();
  const outcomes: Outcome[] = [];
  try {
    const store = new DocumentStore(database, request.assistant, request.language);
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
    if (!signal.aborted) throw databaseMistake(error, "Run the command again: it continues where it stopped.");
  } finally {
    progress.clear();
    await close();
  }
  printSummary(outcomes);
  if (found.leftOut === 1) console.log("\nLeft out, because it is no document: 1 file.");
  if (found.leftOut > 1) console.log(`\nLeft out, because they are no documents: ${found.leftOut} files.`);
  if (isDryRun) console.log("\nThis was a dry run: nothing was written.");
  if (!signal.aborted) return outcomes.some(({ state }) => state === "failed") ? 1 : 0;
  console.error("\nInterrupted. Run the command again: it continues where it stopped.");
  return 130;
}

/** A dry run makes no tables. If there are none, there are no documents either. */
function readOnly(store: DocumentStore): Store {
  const none = (error: unknown) => {
    if (error instanceof Error && error.message.includes("no such table")) return new Map<string, string>();
    throw error;
  };
  return { hashes: () => store.hashes().catch(none), put: () => Promise.resolve(), remove: () => Promise.resolve() };
}
