import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { constants, gunzipSync } from "node:zlib";

/** The beginning of every planted word. */
const mark = "CANARY-";

/** Planted in keys, secrets, system prompts and every provider message. It must never appear in any output. */
export const canary = `${mark}4f1c9d`;

/** A secret that contains the canary and is long enough for the worker. @param name a different one for each secret */
export function canarySecret(name: string): string {
  return `${canary}-${name}-`.padEnd(40, "x");
}

/** How much was searched without finding a planted word. */
export interface Searched {
  responses: number;
  /** The size of all heads and bodies. A compressed body counts with its size after decompression. */
  bytes: number;
  logLines: number;
  found: 0;
}

/** What Node reports about a response's head: alternating header names and values. */
interface Head {
  request: { path: string };
  response: { headers: Uint8Array[] };
}

/** What Node reports about a piece of a response's body. */
interface Chunk {
  request: { path: string };
  chunk: Uint8Array;
}

/**
 * Searches for planted words in every response that this process fetches from now on, whether or not its body is read,
 * and in the logs that are passed to it.
 * @see https://undici.nodejs.org/#/docs/api/DiagnosticsChannel
 */
export class CanarySearch {
  readonly #channels = {
    "undici:request:headers": (message: unknown) => this.#readHead(message as Head),
    "undici:request:bodyChunkReceived": (message: unknown) => this.#readChunk(message as Chunk),
  };
  /** The last characters of each body so far, because a word can be split over two pieces. */
  readonly #ends = new WeakMap<object, string>();
  /** Compressed bodies: a word in them can be found only after decompression. */
  readonly #packed = new Map<Chunk["request"], Uint8Array[]>();
  readonly #found: string[] = [];
  #responses = 0;
  #bytes = 0;
  #logLines = 0;

  constructor() {
    for (const [name, listener] of Object.entries(this.#channels)) subscribe(name, listener);
  }

  /** Searches everything that a worker printed. */
  readLog(output: string): void {
    this.#logLines += output.split("\n").length;
    this.#search(output, "the log");
  }

  /**
   * Ends the search.
   * @throws with what was found and where
   */
  end(): Searched {
    for (const [name, listener] of Object.entries(this.#channels)) unsubscribe(name, listener);
    for (const [request, pieces] of this.#packed) this.#readBody(request, unpack(pieces));
    this.#packed.clear();
    if (this.#found.length > 0) throw new Error(`Planted words were found:\n${this.#found.join("\n")}`);
    return { responses: this.#responses, bytes: this.#bytes, logLines: this.#logLines, found: 0 };
  }

  #readHead({ request, response }: Head): void {
    this.#responses += 1;
    const words = response.headers.map((bytes) => Buffer.from(bytes).toString("latin1"));
    this.#bytes += words.join("").length;
    this.#search(words.join("\n"), `the head of ${request.path}`);
    const at = words.findIndex((word) => word.toLowerCase() === "content-encoding");
    if (at < 0) return;
    if (words[at + 1] === "gzip") this.#packed.set(request, []);
    else this.#found.push(`${request.path}: ${words[at + 1]} cannot be decompressed here`);
  }

  #readChunk({ request, chunk }: Chunk): void {
    const pieces = this.#packed.get(request);
    if (pieces) pieces.push(chunk);
    else this.#readBody(request, chunk);
  }

  #readBody(request: Chunk["request"], bytes: Uint8Array): void {
    this.#bytes += bytes.length;
    const text = (this.#ends.get(request) ?? "") + Buffer.from(bytes).toString("latin1");
    this.#search(text, `the body of ${request.path}`);
    this.#ends.set(request, text.slice(1 - mark.length));
  }

  #search(text: string, where: string): void {
    for (let at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, at + 1)) {
      this.#found.push(`${where}: ${text.slice(Math.max(0, at - 40), at + 40)}`);
    }
  }
}

/** Decompresses a body. If the body is incomplete, returns what can be decompressed. */
function unpack(pieces: readonly Uint8Array[]): Uint8Array {
  return pieces.length === 0
    ? new Uint8Array()
    : gunzipSync(Buffer.concat(pieces), { finishFlush: constants.Z_SYNC_FLUSH });
}
