import { crc32 } from "node:zlib";

/** A page of a PDF: lines of text from top to bottom. An empty line leaves a gap. No lines make a page without text. */
export type PdfPage = readonly string[];

/**
 * Makes a PDF file.
 * @param encrypted whether it needs a password that nobody knows
 * @see https://opensource.adobe.com/dc-acrobat-sdk-docs/pdfstandards/PDF32000_2008.pdf
 */
export function makePdf(pages: readonly PdfPage[], options: { title?: string; encrypted?: boolean } = {}): Buffer {
  const { title = "", encrypted = false } = options;
  const kids = pages.map((_, at) => `${4 + 2 * at} 0 R`).join(" ");
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    `<< /Type /Pages /Count ${pages.length} /Kids [${kids}] >>`,
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ...pages.flatMap((lines, at) => {
      const content = `BT /F1 10 Tf 50 800 Td 14 TL\n${lines.map((line) => `(${escape(line)}) Tj T*`).join("\n")}\nET`;
      const page = `/Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >>`;
      return [
        `<< /Type /Page ${page} /Contents ${5 + 2 * at} 0 R >>`,
        `<< /Length ${Buffer.byteLength(content, "latin1")} >>\nstream\n${content}\nendstream`,
      ];
    }),
    `<< /Title (${escape(title)}) >>`,
    `<< /Filter /Standard /V 1 /R 2 /P -4 /O <${"a7".repeat(32)}> /U <${"c3".repeat(32)}> >>`,
  ];
  let file = "%PDF-1.4\n";
  const offsets = objects.map((object, at) => {
    const offset = file.length;
    file += `${at + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const start = file.length;
  const rows = offsets.map((offset) => `${String(offset).padStart(10, "0")} 00000 n \n`).join("");
  const encryption = encrypted ? `/Encrypt ${objects.length} 0 R /ID [<01> <01>]` : "";
  const trailer = `<< /Size ${objects.length + 1} /Root 1 0 R /Info ${objects.length - 1} 0 R ${encryption} >>`;
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}trailer\n${trailer}\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.from(file, "latin1");
}

function escape(text: string): string {
  return text.replaceAll(/[()\\]/g, String.raw`\$&`);
}

/** Makes a Word document. @param body WordprocessingML, the content of `w:body` */
export function makeDocx(body: string): Buffer {
  const types = "application/vnd.openxmlformats-officedocument.wordprocessingml";
  const office = "http://schemas.openxmlformats.org";
  return makeZip({
    "[Content_Types].xml": `<Types xmlns="${office}/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="${types}.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="${types}.styles+xml"/></Types>`,
    "_rels/.rels": `<Relationships xmlns="${office}/package/2006/relationships"><Relationship Id="r1" Type="${office}/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`,
    "word/_rels/document.xml.rels": `<Relationships xmlns="${office}/package/2006/relationships"><Relationship Id="r1" Type="${office}/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>`,
    "word/styles.xml": `<w:styles xmlns:w="${office}/wordprocessingml/2006/main">${["Title", "heading 1", "heading 2"].map((name) => `<w:style w:type="paragraph" w:styleId="${name.replace("heading ", "Heading")}"><w:name w:val="${name}"/></w:style>`).join("")}</w:styles>`,
    "word/document.xml": `<w:document xmlns:w="${office}/wordprocessingml/2006/main"><w:body>${body}</w:body></w:document>`,
  });
}

/** A paragraph of a Word document. @param style the id of its style */
export function wordParagraph(text: string, style?: string): string {
  const properties = style === undefined ? "" : `<w:pPr><w:pStyle w:val="${style}"/></w:pPr>`;
  return `<w:p>${properties}<w:r><w:t>${text}</w:t></w:r></w:p>`;
}

/** Makes a ZIP archive without compression. @see https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT */
export function makeZip(files: Readonly<Record<string, string>>): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, text] of Object.entries(files)) {
    const data = Buffer.from(text);
    const header = zipHeader(name, data);
    parts.push(Buffer.from("PK\u0003\u0004", "latin1"), header, Buffer.from(name), data);
    const entry = Buffer.alloc(14);
    entry.writeUInt32LE(offset, 10);
    directory.push(Buffer.from("PK\u0001\u0002\u0014\u0000", "latin1"), header, entry, Buffer.from(name));
    offset += 4 + header.length + Buffer.byteLength(name) + data.length;
  }
  const end = Buffer.alloc(22);
  end.write("PK\u0005\u0006", 0, "latin1");
  for (const at of [8, 10]) end.writeUInt16LE(Object.keys(files).length, at);
  end.writeUInt32LE(Buffer.concat(directory).length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, ...directory, end]);
}

/** What a file's own header and its entry in the directory have in common. */
function zipHeader(name: string, data: Buffer): Buffer {
  const header = Buffer.alloc(26);
  header.writeUInt16LE(20, 0);
  header.writeUInt32LE(crc32(data), 10);
  header.writeUInt32LE(data.length, 14);
  header.writeUInt32LE(data.length, 18);
  header.writeUInt16LE(Buffer.byteLength(name), 22);
  return header;
}
