import { documents } from "../../../worker/context/full-text/documents.ts";
import { fuseRankings } from "../../../worker/context/fuse-rankings.ts";
import type { ContextResult, ContextSourceDefinition } from "../../../worker/context/source.ts";

/** The bindings of wrangler.toml that it uses, besides the one of `documents()`. */
interface Bindings {
  AI: Ai;
  VECTORS: Vectorize;
}

/** Documents that are found by their words, in D1, and by what they mean, in Vectorize. */
export function wordsAndMeanings(): ContextSourceDefinition {
  const words = documents();
  return {
    ...words, // so that `npm run ingest` fills D1
    name: "words and meanings",
    open(scope) {
      const byWords = words.open(scope);
      const bindings = scope.env as unknown as Bindings;
      return {
        name: "words and meanings",
        language: "en",
        async search(query, limits, signal) {
          const rankings = await Promise.all([
            byWords.search(query, limits, signal),
            searchMeanings(query.text, scope.assistant, bindings),
          ]);
          const fused = fuseRankings<ContextResult>(rankings, ({ id }) => id);
          return fused.slice(0, limits.maxResults).map(({ item, score }) => ({ ...item, score }));
        },
      };
    },
  };
}

/** The least cosine that a passage needs. Each model has its own scale. */
const minSimilarity = 0.5;

/** Ids are as in D1, `<path>#<number>`, and the metadata has what a passage is shown with. */
async function searchMeanings(text: string, namespace: string, { AI, VECTORS }: Bindings): Promise<ContextResult[]> {
  const { data = [] } = (await AI.run("@cf/baai/bge-m3", { text: [text] })) as { data?: number[][] };
  const { matches } = await VECTORS.query(data[0] ?? [], { topK: 20, namespace, returnMetadata: "all" });
  return matches
    .filter(({ score }) => score >= minSimilarity)
    .map(({ id, score, metadata = {} }) => {
      const { title, content, url } = metadata as Record<string, string | undefined>;
      return { id, title: title ?? id, content: content ?? "", score, ...(url === undefined ? {} : { url }) };
    });
}
