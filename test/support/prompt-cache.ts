import type { SentBody } from "./client.ts";

/** What a request costs in input tokens, with the field names of Anthropic's usage. */
export interface CacheUsage {
  input_tokens: number;
  cache_read_input_tokens: number;
  cache_creation_input_tokens: number;
}

/** A block of a prompt: what the cache compares, and whether the request marks it. */
interface Block {
  text: string;
  isMarked: boolean;
}

/** How many blocks before a mark are looked up, as the documentation says. */
const lookback = 20;

/** The length of the shortest prefix that is cached, in tokens. */
const minTokens = 1024;

/**
 * Anthropic's prompt cache as its documentation describes it: a mark stores the prompt up to its block, and a later
 * request reads the longest stored prefix that ends at a mark or at most 20 blocks before one.
 * @see https://platform.claude.com/docs/en/build-with-claude/prompt-caching
 */
export class PromptCache {
  readonly #prefixes = new Set<string>();

  /** Takes a request, and returns its usage. */
  take(body: SentBody): CacheUsage {
    const blocks = [
      ...blocksIn("system", body["system"]),
      ...body.messages.flatMap((m) => blocksIn(m.role, m.content)),
    ];
    const marks = blocks.flatMap(({ isMarked }, at) => (isMarked ? [at + 1] : []));
    if (marks.length > 4) throw new Error("A request may have four marks.");
    const prefix = (length: number) => JSON.stringify(blocks.slice(0, length).map(({ text }) => text));
    const tokens = (length: number) => Math.ceil(prefix(length).length / 4);
    const candidates = marks.flatMap((mark) => Array.from({ length: lookback + 1 }, (_, back) => mark - back));
    const read = Math.max(0, ...candidates.filter((length) => length > 0 && this.#prefixes.has(prefix(length))));
    const stored = marks.filter((length) => tokens(length) >= minTokens);
    for (const length of stored) this.#prefixes.add(prefix(length));
    const written = Math.max(read, ...stored);
    const readTokens = read === 0 ? 0 : tokens(read);
    const writtenTokens = written === read ? 0 : tokens(written) - readTokens;
    return {
      input_tokens: tokens(blocks.length) - readTokens - writtenTokens,
      cache_read_input_tokens: readTokens,
      cache_creation_input_tokens: writtenTokens,
    };
  }
}

/** The blocks of a message or a system prompt. A text is the same as one block without a mark. */
function blocksIn(role: string, content: unknown): Block[] {
  if (content === undefined) return [];
  const blocks: unknown[] = Array.isArray(content) ? content : [{ type: "text", text: content }];
  return blocks.map((block) => ({
    text: `${role}: ${String(Object(block).text)}`,
    isMarked: Object(block).cache_control !== undefined,
  }));
}
