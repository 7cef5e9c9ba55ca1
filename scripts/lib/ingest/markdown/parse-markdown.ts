import { Marked } from "marked";
import { readFrontMatterUrl } from "../document-url.ts";
import { parseFragment } from "../html/parse-html.ts";
import type { ParsedDocument, Section } from "../parsed-document.ts";
import { parsePlainText } from "../plain-text.ts";
import { splitFrontMatter } from "./front-matter.ts";
import { hasImports, removeJsx } from "./mdx.ts";
import { changeProse, isPathological } from "./prose.ts";
import { anchorMaker } from "./slug.ts";

const markdown = new Marked();

/** In MDX, indented text is not code. */
const mdx = new Marked({ tokenizer: { code: () => undefined } });

/**
 * Reads Markdown or MDX, with or without front matter.
 * @param isMdx whether the file's extension says that it is MDX
 */
export function parseMarkdown(text: string, isMdx = false): ParsedDocument {
  const { frontMatter, body } = splitFrontMatter(text.replaceAll(/\r\n?/g, "\n"));
  const { url, ...fields } = frontMatter;
  const { title, sections } = readBody(body, isMdx);
  return {
    ...fields,
    title: fields.title ?? title,
    url: url === undefined ? undefined : readFrontMatterUrl(url),
    sections,
  };
}

function readBody(body: string, isMdx: boolean): { title?: string; sections: readonly Section[] } {
  if (isPathological(body)) return parsePlainText(body);
  const hasComponents = isMdx || hasImports(body);
  const prose = changeProse(body, (part) => removeTemplates(hasComponents ? removeJsx(part) : part));
  try {
    const html = (hasComponents ? mdx : markdown).parse(prose, { async: false });
    return parseFragment(html, anchorMaker());
  } catch (error) {
    if (error instanceof RangeError) return parsePlainText(body); // nested too deeply for a parser
    throw error;
  }
}

/**
 * Removes what a site generator replaces: shortcodes, template tags and the markers of containers. The kind of an alert
 * becomes a word.
 */
function removeTemplates(prose: string): string {
  return prose
    .replaceAll(/\{\{[<%][^{}\n]*[>%]\}\}|\{%[^{}\n]*%\}/g, "")
    .replaceAll(/^[^\S\n]*:{3,}[^\S\n]*(?:[\w-]+)?(?:\[([^\]\n]*)\]|[^\S\n]+(?!\n)([^\n]*))?$/gm, "\n$1$2\n")
    .replaceAll(
      /^([^\S\n]*>\s?)\[!(\w+)\][-+]?[^\S\n]*/gm,
      (_, quote: string, kind: string) => `${quote}${capitalize(kind)}: `,
    );
}

function capitalize(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1).toLowerCase();
}
