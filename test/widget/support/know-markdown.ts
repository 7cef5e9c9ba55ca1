import { loadEntities } from "../../../widget/markdown/entities.ts";
import { loadFormulas } from "../../../widget/markdown/formulas.ts";

/** Loads what the chat loads only with the first text that needs it, so that all texts are read correctly at once. */
export async function knowMarkdown(): Promise<void> {
  await Promise.all([loadEntities(), loadFormulas()]);
}
