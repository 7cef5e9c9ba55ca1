import { readFileSync } from "node:fs";
import { brotliCompressSync } from "node:zlib";
import { listFiles } from "./files.ts";
import { at } from "./root.ts";
import { printTable } from "./table.ts";

/** The size of a file. Sizes are in bytes. */
export interface FileSize {
  path: string;
  bytes: number;
  brotli: number;
}

/**
 * The scripts that a new visitor's browser loads to open the chat and show a first answer: the script tag, the panel and
 * the chat.
 */
export const openingScripts = /(^|\/)(rivulet\.js|panel\.js|chunks\/chat-[\w-]+\.js)(\?|$)/;

/** The size of every script of the built widget. */
export function measureWidget(): FileSize[] {
  return listFiles(at("dist/widget"))
    .filter((path) => path.endsWith(".js"))
    .map((path) => {
      const content = readFileSync(at(`dist/widget/${path}`));
      return { path, bytes: content.length, brotli: brotliCompressSync(content).length };
    });
}

/** Prints the sizes of the scripts that a visitor's browser can download. */
export function printSizes(sizes: readonly FileSize[]): void {
  printTable(
    ["dist/widget", "bytes", "brotli"],
    sizes.map((size) => [size.path, kib(size.bytes), kib(size.brotli)]),
  );
}

function kib(bytes: number): string {
  return `${(bytes / 1024).toFixed(2)} KiB`;
}
