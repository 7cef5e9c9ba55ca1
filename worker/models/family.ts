/** What follows the name of a model family: the date of a snapshot, or `latest`. */
const snapshot = /[-@](\d{8}|\d{4}-\d{2}-\d{2}|latest)$/;

/** A table of models, by adapter and name. */
export type ModelTable<T> = Readonly<Record<string, Readonly<Record<string, T>>>>;

/**
 * Finds a model's entry in a table: the snapshot's own if it has one, otherwise that of its family. A longer name is
 * another family: `claude-fable-5-2` is not `claude-fable-5`.
 */
export function findModel<T>(table: ModelTable<T>, adapter: string, baseModel: string): T | undefined {
  const models = Object.hasOwn(table, adapter) ? table[adapter] : undefined;
  const name = [canonicalName(baseModel), familyOf(baseModel)].find((each) => models && Object.hasOwn(models, each));
  return name === undefined ? undefined : models?.[name];
}

/** The name of a model's family: the model's name without the date of a snapshot or `latest`. */
export function familyOf(baseModel: string): string {
  return canonicalName(baseModel).replace(snapshot, "");
}

/**
 * Writes a name in lower case and without the vendor that may stand before a slash. Dots in Claude's names become
 * hyphens, as Anthropic writes them.
 */
function canonicalName(baseModel: string): string {
  const name = baseModel.toLowerCase().replace(/^.*\//, "");
  return name.startsWith("claude-") ? name.replaceAll(".", "-") : name;
}
