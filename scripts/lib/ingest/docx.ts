import mammoth from "mammoth";
import { parseFragment } from "./html/parse-html.ts";
import { UnreadableDocument, type ParsedDocument } from "./parsed-document.ts";

/**
 * How large the files in a DOCX file may be together, in bytes. An archive of a few kilobytes can unpack to gigabytes.
 */
const maxUnpackedBytes = 256 * 1024 * 1024;

/** Reads a Word document: its headings, paragraphs, lists and tables. */
export async function parseDocx(buffer: Buffer): Promise<ParsedDocument> {
  if (unpackedBytes(buffer) > maxUnpackedBytes) {
    throw new UnreadableDocument("it is larger than 256 MB when it is unpacked: split it, or leave it out.");
  }
  const { value } = await mammoth
    .convertToHtml(
      { buffer },
      {
        styleMap: ["p[style-name='Title'] => h1:fresh", "p[style-name='Subtitle'] => p:fresh"],
        convertImage: mammoth.images.imgElement(() => Promise.resolve({ src: "" })),
      },
    )
    .catch(() => {
      throw new UnreadableDocument("it is a damaged DOCX file: save it again, or remove it.");
    });
  return parseFragment(value);
}

/**
 * Adds up the unpacked sizes of the files in the archive's directory.
 * @see https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT section 4.3.12
 */
function unpackedBytes(archive: Buffer): number {
  let sum = 0;
  for (let at = findEntry(archive, 0); at !== -1; at = findEntry(archive, at + 4)) {
    if (at + 28 <= archive.length) sum += archive.readUInt32LE(at + 24);
  }
  return sum;
}

function findEntry(archive: Buffer, from: number): number {
  return archive.indexOf("PK\u0001\u0002", from, "latin1");
}
