import { ContextError, type ContextSourceDefinition } from "../../../worker/context/source.ts";

/** The subjects that the shelf has a passage on. */
const passages: Readonly<Record<string, string>> = {
  Duo: "The Duo weighs 42 kilograms, with both panels.",
  Store: "The Store holds 2.2 kilowatt hours and is as large as a suitcase.",
};

/**
 * A source as an operator might write it, in one file. It finds the passages whose subjects are in the search text.
 * The question can make it fail or wait, with `[broken]`, `[missing]`, `[silent]` or `[late]`.
 */
export function shelf(language?: string): ContextSourceDefinition {
  return {
    name: "shelf",
    open: () => ({
      name: "shelf",
      ...(language === undefined ? {} : { language }),
      async search({ text, question }, _limits, signal) {
        if (question.includes("[broken]")) throw new Error(`no such table, near ${question}`);
        if (question.includes("[missing]")) throw new ContextError("The table is missing: run `npm run ingest`.");
        if (question.includes("[silent]")) await new Promise(() => undefined);
        if (question.includes("[late]")) await scheduler.wait(300, { signal });
        return Object.entries(passages)
          .filter(([subject]) => text.includes(subject))
          .map(([title, content], at) => ({
            id: title,
            title,
            content,
            url: `/${title.toLowerCase()}`,
            score: 1 - at / 10,
          }));
      },
    }),
  };
}

/** A source whose binding is missing. */
export const unbound: ContextSourceDefinition = {
  name: "unbound",
  open() {
    throw new ContextError("The binding DOCUMENTS is missing.");
  },
};
