import { extname } from "node:path";
import { UnreadableDocument } from "./parsed-document.ts";

/** What a file can be read as. */
export type FileKind = "markdown" | "html" | "text" | "pdf" | "docx";

const kindsOfNames: Readonly<Record<string, FileKind>> = {
  ".md": "markdown",
  ".mdx": "markdown",
  ".markdown": "markdown",
  ".html": "html",
  ".htm": "html",
  ".xhtml": "html",
  ".txt": "text",
  ".text": "text",
  ".pdf": "pdf",
  ".docx": "docx",
};

/** File extensions that belong to a website or a project, not to documents. In a folder, such files are left out. */
const otherNames = new Set(
  (
    ".avif .bmp .gif .ico .jpeg .jpg .png .svg .tif .tiff .webp .heic .psd .ai .mp3 .mp4 .m4a .mov .ogg .wav .webm .vtt " +
    ".css .scss .sass .less .js .jsx .mjs .cjs .ts .tsx .vue .svelte .astro .map .wasm .woff .woff2 .ttf .otf .eot " +
    ".json .jsonl .yaml .yml .toml .xml .csv .tsv .sql .lock .log .sh .py .rb .go .rs .php .java .njk .liquid .webmanifest"
  ).split(" "),
);

/** Names of files for hosts, robots or developers, not for visitors. */
const otherFiles =
  /^(?:404\.html?|(?:robots|humans|ads|app-ads|security)\.txt|_redirects|_headers|cname|licen[cs]e(?:\.\w+)?|makefile|dockerfile)$/i;

/** Whether a file in a folder is certainly not a document. @param name without its folder */
export function isOtherFile(name: string): boolean {
  return otherNames.has(extname(name).toLowerCase()) || otherFiles.test(name);
}

/**
 * Finds out what a file is. Its first bytes decide, then its name.
 * @throws UnreadableDocument if it is a kind of document that cannot be read
 */
export function fileKind(path: string, bytes: Buffer): FileKind {
  const start = new TextDecoder("latin1").decode(bytes.subarray(0, 1024));
  // A PDF may have other bytes in front: ISO 32000-1, annex H.3.4.1.
  if (start.includes("%PDF-") && !start.trimStart().startsWith("<")) return "pdf";
  if (start.startsWith("PK\u0003\u0004")) return kindOfArchive(bytes);
  if (start.startsWith("\u00d0\u00cf\u0011\u00e0")) throw new UnreadableDocument(oldOffice(bytes));
  if (start.startsWith(String.raw`{\rtf`)) throw new UnreadableDocument(saveAs("an RTF document"));
  const named = kindsOfNames[extname(path).toLowerCase()];
  if (named === "pdf" || named === "docx") return isHtml(start) ? "html" : damaged(named);
  if (named === "text" || named === undefined) return isHtml(start) ? "html" : "text";
  return named;
}

function isHtml(start: string): boolean {
  return /^[^\w<]*(<\?xml[^>]*>\s*)?(<!--[^>]*-->\s*)?<(!doctype\s+html|html)\b/i.test(start);
}

function damaged(kind: "pdf" | "docx"): never {
  throw new UnreadableDocument(
    `it is not a ${kind.toUpperCase()} file, or it is damaged: save it again, or remove it.`,
  );
}

/** A ZIP archive contains the names of its files as plain text. */
function kindOfArchive(bytes: Buffer): FileKind {
  const contains = (name: string) => bytes.includes(name);
  if (contains("word/document.xml")) return "docx";
  if (contains("xl/workbook.xml")) throw new UnreadableDocument(saveAs("an Excel workbook"));
  if (contains("ppt/presentation.xml")) throw new UnreadableDocument(saveAs("a PowerPoint presentation"));
  if (contains("mimetypeapplication/vnd.oasis")) throw new UnreadableDocument(saveAs("an OpenDocument file"));
  if (contains("mimetypeapplication/epub")) throw new UnreadableDocument(saveAs("an e-book"));
  throw new UnreadableDocument("it is an archive, or a damaged DOCX file: extract it, or save it again.");
}

function oldOffice(bytes: Buffer): string {
  const isEncrypted = bytes.includes("EncryptedPackage", 0, "utf16le");
  return isEncrypted ? protectedByPassword : saveAs("a document in an old Office format");
}

/** What to do about a document that needs a password. */
export const protectedByPassword = "it is protected with a password: save it without one, or remove it.";

function saveAs(what: string): string {
  return `it is ${what}, which cannot be read: save it as PDF, DOCX or HTML.`;
}
