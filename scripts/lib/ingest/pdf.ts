import { getDocumentProxy } from "unpdf";
import { protectedByPassword } from "./file-kind.ts";
import { UnreadableDocument, type ParsedDocument } from "./parsed-document.ts";
import { joinPages, type Line } from "./pdf-lines.ts";

type Pdf = Awaited<ReturnType<typeof getDocumentProxy>>;
type TextItems = Awaited<ReturnType<Awaited<ReturnType<Pdf["getPage"]>>["getTextContent"]>>["items"];

/** Reads the text of a PDF. Each page is a section. */
export async function parsePdf(bytes: Uint8Array): Promise<ParsedDocument> {
  const pdf = await open(bytes);
  try {
    const pages: Line[][] = [];
    for (let number = 1; number <= pdf.numPages; number += 1) pages.push(await readPage(pdf, number));
    if (pages.every((lines) => lines.length === 0)) {
      const fix = "run text recognition on it, for example with `ocrmypdf`, or remove it.";
      throw new UnreadableDocument(`its pages are images without text: ${fix}`);
    }
    const sections = joinPages(pages).map((text, at) => ({ headings: [], anchor: `page=${at + 1}`, text }));
    return { title: await readTitle(pdf), sections: sections.filter(({ text }) => text !== "") };
  } finally {
    await pdf.loadingTask.destroy();
  }
}

async function open(bytes: Uint8Array): Promise<Pdf> {
  try {
    return await getDocumentProxy(new Uint8Array(bytes), { verbosity: 0 });
  } catch (error) {
    const isProtected = error instanceof Error && error.name === "PasswordException";
    throw new UnreadableDocument(
      isProtected ? protectedByPassword : "it is a damaged PDF file: save it again, or remove it.",
    );
  }
}

/** A page that is damaged has no text; the others are still read. */
async function readPage(pdf: Pdf, number: number): Promise<Line[]> {
  try {
    const page = await pdf.getPage(number);
    const { items } = await page.getTextContent();
    page.cleanup();
    return toLines(items);
  } catch {
    return [];
  }
}

function toLines(items: TextItems): Line[] {
  const lines: Line[] = [];
  let [text, y, height] = ["", 0, 0];
  for (const item of items) {
    if (!("str" in item)) continue;
    if (item.str.trim() !== "") [y, height] = [Number(item.transform[5]), Math.max(height, item.height)];
    text += item.str;
    if (!item.hasEOL) continue;
    lines.push({ text: text.trim(), y, height });
    [text, height] = ["", 0];
  }
  return [...lines, { text: text.trim(), y, height }].filter((line) => line.text !== "");
}

/** Reads the title. Many programs write the file's name or their own into it; such a title is ignored. */
async function readTitle(pdf: Pdf): Promise<string | undefined> {
  const { info } = await pdf.getMetadata();
  const title: unknown = Reflect.get(info, "Title");
  const words = typeof title === "string" ? title.trim() : "";
  const isFileName =
    /^(untitled|microsoft (word|powerpoint|excel)\b)|\.(docx?|pptx?|xlsx?|odt|rtf|indd|tex|pdf)$/i.test(words);
  return words === "" || isFileName ? undefined : words;
}
