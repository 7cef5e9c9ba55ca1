import { extname } from "node:path";
import { decodeText } from "./decode-text.ts";
import { fileKind } from "./file-kind.ts";
import { parseHtml } from "./html/parse-html.ts";
import { parseMarkdown } from "./markdown/parse-markdown.ts";
import { UnreadableDocument, type ParsedDocument } from "./parsed-document.ts";
import { parsePdf } from "./pdf.ts";
import { parsePlainText } from "./plain-text.ts";

/**
 * Reads a file.
 * @param path its extension decides how the file is read if the first bytes do not
 * @throws UnreadableDocument that says what is wrong and what to do
 */
export async function parseDocument(path: string, bytes: Buffer): Promise<ParsedDocument> {
  const document = await parseBytes(path, bytes);
  if (document.isDraft !== true && document.sections.every(({ text }) => text.trim() === "")) {
    throw new UnreadableDocument("it has no text: write some into it, or remove it.");
  }
  return document;
}

async function parseBytes(path: string, bytes: Buffer): Promise<ParsedDocument> {
  if (bytes.length === 0) throw new UnreadableDocument("it is empty: write something into it, or remove it.");
  const kind = fileKind(path, bytes);
  switch (kind) {
    case "pdf":
      return parsePdf(bytes);
    case "docx": {
      const { parseDocx } = await import("./docx.ts"); // its library takes a while to load
      return parseDocx(bytes);
    }
    case "html":
      return parseHtml(decodeText(bytes));
    case "markdown":
      return parseMarkdown(decodeText(bytes), extname(path).toLowerCase() === ".mdx");
    case "text":
      return parsePlainText(decodeText(bytes));
  }
}
