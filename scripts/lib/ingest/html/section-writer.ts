import type { Section } from "../parsed-document.ts";
import type { Heading } from "./heading.ts";
import { collapse } from "./text.ts";

/** Collects the text of a page, from top to bottom, below its headings. */
export class SectionWriter {
  readonly #sections: { path: Heading[]; blocks: string[] }[] = [];
  #path: Heading[] = [];
  #blocks: string[] = [];
  #inline: string[] = [];

  /** Adds text to the current paragraph. */
  write(text: string): void {
    this.#inline.push(text);
  }

  /** Ends the current paragraph. */
  endParagraph(): void {
    const text = collapse(this.#inline.join(""));
    this.#inline = [];
    if (text !== "") this.#blocks.push(text);
  }

  /** Adds a block that keeps its lines: a list, a table or code. */
  addBlock(text: string): void {
    this.endParagraph();
    if (text.trim() !== "") this.#blocks.push(text);
  }

  /** Begins a section. Its heading is placed below the current headings of higher levels. */
  begin(heading: Heading): void {
    this.#endSection();
    this.#path = [...this.#path.filter(({ level }) => level < heading.level), heading];
  }

  /** The blocks that were collected so far. The heading of each section is a block too. */
  blocks(): string[] {
    this.#endSection();
    return this.#sections.flatMap(({ path, blocks }) => [path.at(-1)?.text ?? "", ...blocks]).filter(Boolean);
  }

  /**
   * Ends the last section.
   * @returns the sections that have text, and all headings of the first level
   */
  finish(): { sections: Section[]; mainHeadings: Heading[] } {
    this.#endSection();
    const paths = this.#sections.map(({ path }) => path);
    const mainHeadings = [...new Set(paths.flat().filter(({ level }) => level === 1))];
    return { sections: this.#sections.flatMap((section) => toSections(section, mainHeadings)), mainHeadings };
  }

  #endSection(): void {
    this.endParagraph();
    this.#sections.push({ path: this.#path, blocks: this.#blocks });
    this.#blocks = [];
  }
}

/**
 * A single heading of the first level is the title of the page: sections do not repeat it, and do not use its anchor,
 * because it stands for the page itself.
 */
function toSections(
  { path, blocks }: { path: readonly Heading[]; blocks: readonly string[] },
  mainHeadings: readonly Heading[],
): Section[] {
  if (blocks.length === 0) return [];
  const below = mainHeadings.length === 1 ? path.filter((heading) => heading !== mainHeadings[0]) : path;
  const anchor = below.findLast((heading) => heading.anchor !== undefined)?.anchor;
  return [{ headings: below.map(({ text }) => text).filter(Boolean), anchor, text: blocks.join("\n\n") }];
}
