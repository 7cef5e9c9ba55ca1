import { loadEntities } from "../../../widget/markdown/entities.ts";
import { loadFormulas } from "../../../widget/markdown/formulas.ts";

/** Loads what the chat loads with the first text that needs it, so that texts are understood at once. */
export async function knowMarkdown(): Promise<void> {
  await Promise.all([loadEntities(), loadFormulas()]);
}
