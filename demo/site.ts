import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { readArticle } from "./site/article.ts";
import { chatTag, layout } from "./site/layout.ts";
import { articlePage, comparePage, homePage } from "./site/pages.ts";

/** The topics, in the order in which a new customer needs them. */
const topics = ["install", "connect", "battery", "yield", "faults"];

const fonts = {
  "bricolage-grotesque": "bricolage-grotesque/files/bricolage-grotesque-latin-wght-normal.woff2",
  figtree: "figtree/files/figtree-latin-wght-normal.woff2",
};

/** An assistant that the demo shows. */
export interface DemoAssistant {
  id: string;
  /** The name of the provider that answers, as people know it. */
  provider: string;
}

/**
 * Writes the demo's pages, styles and fonts.
 * @param folder an existing folder
 * @param assistants all assistants of the project, at least one; the first one answers in the corner of the pages
 */
export function writeSite(folder: string, assistants: readonly DemoAssistant[]): void {
  const articles = topics.map(readArticle);
  const tag = chatTag(assistants[0]?.id ?? "");
  const pages = [
    homePage(articles, tag),
    ...[...articles, readArticle("privacy")].map((article) => articlePage(article, articles, tag)),
    comparePage(assistants),
  ];
  for (const page of pages) {
    const file = page.path === "/" ? "/index" : page.path;
    writeFileSync(`${folder}${file}.html`, layout(page, articles));
  }
  cpSync(fileURLToPath(new URL("assets", import.meta.url)), folder, { recursive: true });
  mkdirSync(`${folder}/fonts`);
  for (const [name, path] of Object.entries(fonts)) {
    cpSync(fileURLToPath(import.meta.resolve(`@fontsource-variable/${path}`)), `${folder}/fonts/${name}.woff2`);
  }
}
