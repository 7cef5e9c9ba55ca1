import { estimateTokens } from "../../../../worker/prompt/tokens.ts";
import { UnreadableDocument, type ParsedDocument, type Section } from "../parsed-document.ts";
import { splitBlocks } from "./blocks.ts";
import { splitBlock, type Piece } from "./pieces.ts";

/** A passage that is found and cited as a whole. */
export interface Chunk {
  headings: string[];
  content: string;
  anchor?: string;
}

/** How large chunks are. Sizes are in estimated tokens. */
export interface ChunkOptions {
  /** The language of documents that do not say which language they are in, as a BCP 47 tag. */
  language: string;
  maxTokens?: number;
  /** How much of the end of a chunk the next one repeats, in whole sentences. */
  overlapTokens?: number;
}

/**
 * The most chunks that one document may have: about 2,000 pages. A file with more was made by a program, or holds many
 * documents.
 */
const maxChunks = 10_000;

/**
 * Splits a document by its headings, then by size. Sentences stay whole if they fit, and so do code blocks.
 * @throws UnreadableDocument if there are too many chunks
 */
export function chunkDocument(document: ParsedDocument, options: ChunkOptions): Chunk[] {
  const { maxTokens = 250, overlapTokens = 40 } = options;
  const language = document.language ?? options.language;
  const chunks: Chunk[] = [];
  for (const section of document.sections) {
    chunks.push(...chunkSection(section, { language, maxTokens, overlapTokens }));
    if (chunks.length > maxChunks) {
      const limit = maxChunks.toLocaleString("en");
      throw new UnreadableDocument(`it has more than ${limit} passages: split it into several files.`);
    }
  }
  return chunks;
}

function* chunkSection({ headings, anchor, text }: Section, options: Required<ChunkOptions>): Generator<Chunk> {
  const pieces = splitBlocks(text).flatMap((block) => splitBlock(block, options));
  for (const content of pack(pieces, options)) yield { headings: [...headings], content, anchor };
}

/** Fills chunks with pieces, one after the other. */
function pack(pieces: readonly Piece[], { maxTokens, overlapTokens }: Required<ChunkOptions>): string[] {
  const chunks: string[] = [];
  let current: Piece[] = [];
  let tokens = 0;
  for (const piece of pieces) {
    const added = estimateTokens(piece.text);
    if (tokens + added > maxTokens && current.length > 0) {
      chunks.push(join(current));
      current = piece.isProse ? endOf(current, Math.min(overlapTokens, maxTokens - added)) : [];
      tokens = estimateTokens(join(current));
    }
    current.push(piece);
    tokens += added;
  }
  return [...chunks, join(current)].filter(Boolean);
}

/** The last sentences of a chunk, as many as fit. */
function endOf(pieces: readonly Piece[], maxTokens: number): Piece[] {
  let tokens = 0;
  const first = pieces.findLastIndex((piece) => {
    tokens += estimateTokens(piece.text);
    return !piece.isProse || tokens > maxTokens;
  });
  return pieces.slice(first + 1);
}

function join(pieces: readonly Piece[]): string {
  return pieces
    .map(({ text, joint }, at) => (at === 0 ? "" : joint) + text)
    .join("")
    .trim();
}
