import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { readArticle } from "./site/article.ts";
import { layout } from "./site/layout.ts";
import { articlePage, comparePage, homePage } from "./site/pages.ts";

/** The topics, in the order in which a new customer needs them. */
const topics = ["install", "connect", "battery", "yield", "faults"];

const fonts = {
  "bricolage-grotesque": "bricolage-grotesque/files/bricolage-grotesque-latin-wght-normal.woff2",
  figtree: "figtree/files/figtree-latin-wght-normal.woff2",
};

/** Writes the demo's pages, styles and fonts. @param folder an existing folder */
export function writeSite(folder: string): void {
  const articles = topics.map(readArticle);
  const pages = [
    homePage(articles),
    ...[...articles, readArticle("privacy")].map((article) => articlePage(article, articles)),
    comparePage(),
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
