import type { Project } from "../../../worker/assistants/project.ts";
import { DocumentStore } from "../../../worker/context/full-text/store.ts";
import { root } from "../root.ts";
import { documentsOf } from "./documents-source.ts";
import { findFiles } from "./find-files.ts";
import { ingestDocuments } from "./ingest-documents.ts";
import { openLocalDatabase } from "./local-database.ts";

/** The assistant that answers from the demo's pages. */
const assistant = "handbook";

/**
 * Brings the demo's pages in, as `npm run ingest -- handbook demo/content --url /` does. What has not changed is not
 * written.
 * @param persistTo the folder of the worker's state
 */
export async function ingestDemoDocuments(project: Project, persistTo: string): Promise<void> {
  const known = project.assistants.get(assistant);
  const settings = known && documentsOf(known);
  if (settings === undefined) return;
  const { language, database: binding } = settings;
  const { database, close } = await openLocalDatabase(binding, persistTo);
  try {
    const store = new DocumentStore(database, assistant, language);
    await store.migrate();
    const found = await findFiles(["demo/content"], root);
    const options = {
      language,
      urlPrefix: "/",
      isDryRun: false,
      isPruning: false,
      signal: new AbortController().signal,
    };
    for await (const outcome of ingestDocuments(found, store, { ...options, onFile: () => undefined })) {
      if (outcome.state === "failed") console.warn(`Warning: ${outcome.path}: ${outcome.reason}`);
    }
  } finally {
    await close();
  }
}
