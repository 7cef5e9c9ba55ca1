import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import { brotliCompressSync } from "node:zlib";
import { setTimeout as sleep } from "node:timers/promises";
import { answerRivulet, wires } from "./wires.ts";
import type { Wire } from "./wires.ts";

/** How a text is streamed. */
export interface Pace {
  text: string;
  pieceChars: number;
  piecesPerSecond: number;
}

/** Serves the contestants' pages, and streams the same text to each of them at the same pace. */
export class BenchServer {
  readonly #folder: string;
  readonly #server = createServer((request, response) => void this.#handle(request, response));
  /** What is streamed next. */
  pace: Pace = { text: "", pieceChars: 4, piecesPerSecond: 250 };
  /** When the stream began, in milliseconds of the wall clock. */
  startedAt = 0;
  /** The size of the requested scripts and styles after Brotli, in bytes. */
  downloadedBytes = 0;
  #hasEnded = Promise.withResolvers<void>();

  /** @param folder the built pages */
  constructor(folder: string) {
    this.#folder = folder;
  }

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    const address = this.#server.address();
    if (typeof address !== "object" || address === null) throw new Error("The bench's server has no port");
    return `http://127.0.0.1:${address.port}`;
  }

  stop(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  /** Gets ready for another run. */
  reset(pace: Pace): void {
    this.pace = pace;
    this.downloadedBytes = 0;
    this.#hasEnded = Promise.withResolvers();
  }

  /** Resolves when the last piece has been sent. */
  get ended(): Promise<void> {
    return this.#hasEnded.promise;
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", "http://bench");
    const { pathname } = url;
    const wire = wires[pathname];
    const known = answerRivulet(request.method ?? "GET", url);
    if (wire) return this.#stream(wire, response);
    if (known) {
      response.writeHead(known.status, { "content-type": "application/json" });
      response.end(JSON.stringify(known.body));
      return;
    }
    this.#serveFile(pathname, response);
  }

  async #stream(wire: Wire, response: ServerResponse): Promise<void> {
    const { text, pieceChars, piecesPerSecond } = this.pace;
    response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-cache" });
    response.write(wire.begin());
    this.startedAt = Date.now();
    const pieces = Math.ceil(text.length / pieceChars);
    for (let sent = 0; sent < pieces;) {
      const due = Math.min(pieces, Math.floor(((Date.now() - this.startedAt) * piecesPerSecond) / 1000) + 1);
      for (; sent < due; sent += 1) response.write(wire.piece(text.slice(sent * pieceChars, (sent + 1) * pieceChars)));
      await sleep(1);
    }
    response.end(wire.end(text));
    this.#hasEnded.resolve();
  }

  #serveFile(pathname: string, response: ServerResponse): void {
    const page = /^\/([\w-]+)\.html$/.exec(pathname)?.[1];
    if (page) {
      response.writeHead(200, { "content-type": "text/html; charset=utf-8" });
      response.end(
        `<!doctype html><meta charset="utf-8"><title>${page}</title><script type="module" src="/${page}.js"></script>`,
      );
      return;
    }
    const path = `${this.#folder}${pathname}`;
    if (pathname.includes("..") || !existsSync(path) || pathname === "/") return void response.writeHead(404).end();
    const content = readFileSync(path);
    this.downloadedBytes += brotliCompressSync(content).length;
    response.writeHead(200, { "content-type": pathname.endsWith(".css") ? "text/css" : "text/javascript" });
    response.end(content);
  }
}
