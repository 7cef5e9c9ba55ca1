import { readFileSync } from "node:fs";
import { brotliCompressSync } from "node:zlib";
import { listFiles } from "./files.ts";
import { at } from "./root.ts";
import { printTable } from "./table.ts";

/** A file of the built widget. Sizes in bytes. */
export interface FileSize {
  path: string;
  bytes: number;
  /** The size of the transferred file. */
  brotli: number;
}

/** Upper bounds of what a visitor's browser downloads, in bytes after brotli. */
export const sizeLimits = {
  /** `rivulet.js`, which loads with every page. */
  scriptTag: 3 * 1024,
  /** Everything from the script tag to the end of a first answer, `rivulet.js` included. */
  firstAnswer: 46 * 1024,
  /** What the first answer with sources adds: chips, cards and previews. */
  sources: 5 * 1024,
  /** One language. */
  language: 3 * 1024,
};

/** The size of a file. @param path below `dist/widget` */
export function sizeOf(path: string): FileSize {
  const content = readFileSync(at(`dist/widget/${path}`));
  return { path, bytes: content.length, brotli: brotliCompressSync(content).length };
}

/** The size of several files, transferred one by one. */
export function brotliBytes(sizes: readonly FileSize[]): number {
  return sizes.reduce((sum, { brotli }) => sum + brotli, 0);
}

/** The sizes of all scripts of the built widget. */
export function measureWidget(): FileSize[] {
  return listFiles(at("dist/widget"))
    .filter((path) => path.endsWith(".js"))
    .map(sizeOf);
}

/** Prints the sizes of files, and their sum if they load together. */
export function printSizes(title: string, sizes: readonly FileSize[], isSummed = false): void {
  const rows = sizes.map((size) => [size.path, kib(size.bytes), kib(size.brotli)]);
  const bytes = sizes.reduce((sum, size) => sum + size.bytes, 0);
  const sum = isSummed ? [["all", kib(bytes), kib(brotliBytes(sizes))]] : [];
  printTable([title, "bytes", "brotli"], [...rows, ...sum]);
}

/** Formats a size in KiB for display. */
export function kib(bytes: number): string {
  return `${(bytes / 1024).toFixed(2)} KiB`;
}
