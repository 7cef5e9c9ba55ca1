import { inflateSync } from "node:zlib";
import type { Page } from "playwright-core";

/** What a page prints, read from its PDF. */
export interface Paper {
  /** How many sheets. */
  sheets: number;
  /** The drawing commands of all sheets. */
  commands: string;
  /** How many characters are drawn. Spaces may or may not be among them. */
  glyphs: number;
}

/** Prints a page on sheets of A4. */
export async function print(page: Page): Promise<Paper> {
  const pdf = (await page.pdf({ format: "A4" })).toString("latin1");
  const sheets = pdf.match(/\/Type \/Page\b/g)?.length ?? 0;
  const streams = [...pdf.matchAll(/\/Filter \/FlateDecode[^]*?stream\r?\n([^]*?)endstream/g)];
  const texts = streams.map(([, data = ""]) => inflateSync(Buffer.from(data, "latin1")).toString("latin1"));
  const commands = texts.filter((text) => /\bT[jJ]\b|\bre\b/.test(text)).join("\n");
  const strings = [...commands.matchAll(/<([0-9A-Fa-f]+)>/g)].map(([, hex = ""]) => hex.length / 4);
  return { sheets, commands, glyphs: strings.reduce((sum, count) => sum + count, 0) };
}
