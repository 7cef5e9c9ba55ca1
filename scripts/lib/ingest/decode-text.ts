import { UnreadableDocument } from "./parsed-document.ts";

/**
 * How much of a file is looked at to find its encoding or kind, in bytes. HTML requires `<meta charset>` in the first
 * 1,024.
 */
const prefixBytes = 4096;

/**
 * Decodes text in UTF-8 or UTF-16, with or without a byte order mark, or in the encoding that an HTML file declares.
 * @throws UnreadableDocument if it is not text, or in another encoding
 */
export function decodeText(bytes: Uint8Array): string {
  const unicode = markedEncoding(bytes) ?? unmarkedUtf16(bytes);
  if (unicode !== undefined) return new TextDecoder(unicode).decode(bytes);
  if (isBinary(bytes)) throw new UnreadableDocument("it is a binary file, not a document: remove it, or leave it out.");
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch {
    const declared = decodeDeclared(bytes);
    if (declared !== undefined) return declared;
    throw new UnreadableDocument(`it is not saved as UTF-8, but ${likelyEncoding(bytes)}: save it again as UTF-8.`);
  }
}

/** @see https://encoding.spec.whatwg.org/#bom-sniff */
function markedEncoding([first, second, third]: Uint8Array): string | undefined {
  if (first === 0xef && second === 0xbb && third === 0xbf) return "utf-8";
  if (first === 0xfe && second === 0xff) return "utf-16be";
  return first === 0xff && second === 0xfe ? "utf-16le" : undefined;
}

/** Recognizes UTF-16 without a byte order mark: if most characters are ASCII, every other byte is mostly 0. */
function unmarkedUtf16(bytes: Uint8Array): string | undefined {
  const prefix = bytes.subarray(0, prefixBytes);
  const zeros = [0, 0];
  for (const [at, byte] of prefix.entries()) if (byte === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  const many = prefix.length * 0.2;
  if (odd > many && even < odd / 20) return "utf-16le";
  return even > many && odd < even / 20 ? "utf-16be" : undefined;
}

/** Text has no zero bytes, and hardly any control characters other than tabs, line breaks and form feeds. */
function isBinary(bytes: Uint8Array): boolean {
  if (bytes.includes(0)) return true;
  const prefix = bytes.subarray(0, prefixBytes);
  const controls = prefix.filter((byte) => byte < 9 || (byte > 13 && byte < 32 && byte !== 27));
  return controls.length > prefix.length / 50;
}

function decodeDeclared(bytes: Uint8Array): string | undefined {
  const start = new TextDecoder("latin1").decode(bytes.subarray(0, prefixBytes));
  const [, inXml, inMeta] = /<\?xml[^>]*\sencoding=["']([\w-]+)|<meta[^>]*\bcharset=["']?([\w-]+)/i.exec(start) ?? [];
  try {
    return new TextDecoder(inXml ?? inMeta ?? "none", { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch {
    return undefined; // there is no such encoding, or the bytes are in another one
  }
}

/** Western European text is mostly ASCII. Text in other scripts has many bytes that are not. */
function likelyEncoding(bytes: Uint8Array): string {
  const prefix = bytes.subarray(0, prefixBytes);
  const share = prefix.filter((byte) => byte > 127).length / prefix.length;
  return share < 0.25
    ? "probably as Windows-1252 or ISO 8859-1"
    : "in another encoding, such as Windows-1251, Shift_JIS or GBK";
}
