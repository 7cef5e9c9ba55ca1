import { readFileSync } from "node:fs";
import { words } from "./words.ts";

/** A section of a help page. */
export interface Section {
  page: string;
  path: string;
  title: string;
  /** Markdown, without its heading. */
  text: string;
}

const sections = ["install", "connect", "battery", "yield", "faults"].flatMap(readSections);

function readSections(slug: string): Section[] {
  const file = readFileSync(new URL(`../content/${slug}.md`, import.meta.url), "utf8");
  const page = /^title: (.*)$/m.exec(file)?.[1] ?? slug;
  return file
    .split(/^## /m)
    .slice(1)
    .map((section) => {
      const [title = "", ...lines] = section.split("\n");
      const text = lines
        .filter((line) => !line.startsWith("<figure"))
        .join("\n")
        .replaceAll(/\[!\w+\] /g, "")
        .trim();
      return { page, path: `/${slug}`, title, text };
    });
}

/** How many sections contain each word. A search gives more weight to rare words. */
const frequency = new Map<string, number>();
for (const { title, text } of sections) {
  for (const word of new Set(words(`${title} ${text}`))) frequency.set(word, (frequency.get(word) ?? 0) + 1);
}

/** Finds the section that matches a question best, or undefined if none matches well enough. */
export function findSection(question: string): Section | undefined {
  const ranked = sections
    .map((section) => {
      const held = new Set(words(`${section.title} ${section.text}`));
      const fit = [...new Set(words(question))]
        .filter((word) => held.has(word))
        .reduce((sum, word) => sum + Math.log(1 + sections.length / (frequency.get(word) ?? 1)), 0);
      return { section, fit };
    })
    .toSorted((one, other) => other.fit - one.fit);
  const best = ranked[0];
  return best !== undefined && best.fit > 3.2 ? best.section : undefined;
}
