import type { StoredDocument } from "../../worker/context/full-text/store.ts";
import { seeded } from "./seeded.ts";

const chunksPerDocument = 20;
const wordsPerChunk = 160;
/** As many words as a site of this size has. Their frequencies follow Zipf's law, as those of a language do. */
const vocabulary = 40_000;

const syllables = "ba ce di fo gu ha je ki lo mu na pe qui ro su ta ve wi xo yu zan ber cor dal fen gor".split(" ");

/** Documents with made-up words, the same ones each time. @param chunks how many they have in total */
export function* madeDocuments(chunks: number): Generator<StoredDocument> {
  for (let index = 0; index < chunks / chunksPerDocument; index += 1) {
    const next = seeded(index + 1);
    const words = (count: number) => Array.from({ length: count }, () => madeWord(next)).join(" ");
    yield {
      path: `guide/${index}.md`,
      title: words(4),
      url: `/guide/${index}`,
      hash: String(index),
      chunks: Array.from({ length: Math.min(chunksPerDocument, chunks - index * chunksPerDocument) }, () => ({
        headings: [words(3)],
        content: words(wordsPerChunk),
      })),
    };
  }
}

/** A question with five words from one document. Other documents contain these words, too. */
export function madeQuestion(chunks: number, seed: number): string {
  const next = seeded(seed * 7919);
  const documents = Math.ceil(chunks / chunksPerDocument);
  const [document] = madeDocuments(chunks)
    .drop(Math.floor(next() * documents))
    .take(1);
  const words = document?.chunks[0]?.content.split(" ") ?? [];
  return `How do I ${Array.from({ length: 5 }, () => words[Math.floor(next() * words.length)]).join(" ")}?`;
}

function madeWord(next: () => number): string {
  // The rank of a word is vocabulary ** u: each doubling of the rank is equally likely.
  let rank = Math.floor(vocabulary ** next());
  let word = "";
  do {
    word += syllables[rank % syllables.length];
    rank = Math.floor(rank / syllables.length);
  } while (rank > 0);
  return `${word}m`;
}
