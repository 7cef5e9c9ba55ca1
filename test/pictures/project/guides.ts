import type { ContextSourceDefinition } from "../../../worker/context/source.ts";

/** The passages that answers in the pictures are based on, in the order of the citations. */
const passages = [
  {
    title: "Does a Store pay for itself?",
    url: "/battery",
    content:
      "Reckoned together with the panels, the whole pays for itself in 5.2 years, and the guarantee runs for ten.",
  },
  {
    title: "What a day looks like, hour by hour",
    url: "/yield",
    content: "Cook at noon, and the Store gains you less.",
  },
  { title: "Prices and guarantee", url: "/shop", content: "A Store costs €499. Its guarantee runs for ten years." },
];

/** A source that always finds these passages. @param isSlow whether a search takes longer than taking a picture */
export function guides(isSlow = false): ContextSourceDefinition {
  return {
    name: "guides",
    open: () => ({
      name: "guides",
      async search(_query, _limits, signal) {
        if (isSlow) await scheduler.wait(50_000, { signal });
        return passages.map((passage, at) => ({ ...passage, id: passage.url, score: 1 - at / 10 }));
      },
    }),
  };
}
