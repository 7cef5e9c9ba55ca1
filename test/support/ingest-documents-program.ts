// Ingests made-up documents into a D1 database of its own: `ingest-documents-program.ts <state> <chunks>`. It writes a
// line per document, so that another process can end it in the middle.
import { DocumentStore } from "../../worker/context/full-text/store.ts";
import { startDocumentsDatabase } from "./documents-database.ts";
import { madeDocuments } from "./made-documents.ts";

const [state = "", chunks = ""] = process.argv.slice(2);
await using started = await startDocumentsDatabase(state);
const store = new DocumentStore(started.database, "scale", "en");
await store.migrate();
const known = await store.hashes();
for (const document of madeDocuments(Number(chunks))) {
  if (known.get(document.path)?.hash === document.hash) continue;
  await store.put(document);
  console.log(document.path);
}
