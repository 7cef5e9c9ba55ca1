import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path/posix";
import { Marked, type Tokens } from "marked";
import { at } from "./root.ts";

/** What an operator or a site's developer reads first, in the order of the index. */
const firstPages = [
  "docs/deploying.md",
  "docs/troubleshooting.md",
  "docs/configuration.md",
  "docs/embedding.md",
  "docs/theming.md",
  "docs/languages.md",
  "docs/host-pages.md",
  "docs/handover.md",
  "docs/protocol.md",
  "docs/privacy.md",
  "SECURITY.md",
  "docs/scaling.md",
  "docs/faults.md",
  "docs/markdown.md",
  "docs/documents.md",
  "docs/postgres.md",
  "docs/retrieval.md",
  "docs/gaps.md",
  "docs/downloads.md",
  "docs/architecture.md",
  "docs/storage.md",
  "docs/caching.md",
];

const files = readdirSync(at("docs"))
  .filter((file) => file.endsWith(".md"))
  .map((file) => `docs/${file}`);

/** All pages: the list above, and then every other page except the one that only shows pictures. */
const pages = [...new Set([...firstPages, ...files.toSorted()])].filter((page) => page !== "docs/states.md");

/** Headers for the documentation: text and one style sheet. */
export const docsHeaders = `/docs/*
  Content-Security-Policy: default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'
  X-Content-Type-Options: nosniff
  Cache-Control: public, no-cache
`;

const style = `:root { color-scheme: light dark; background: Canvas; color: CanvasText }
body { max-width: 46rem; margin: 3rem auto; padding: 0 1.5rem; font: 1.0625rem/1.6 system-ui, sans-serif }
a { color: light-dark(#0b57d0, #a8c7fa) }
pre, table { display: block; overflow-x: auto }
code { font-family: ui-monospace, monospace; font-size: 0.9em; overflow-wrap: anywhere }
pre code { overflow-wrap: normal }
table { border-collapse: collapse }
th, td { padding: 0.4rem 0.7rem; border: 1px solid light-dark(#d0d7de, #3d444d); text-align: start; vertical-align: top }
`;

/** Writes the documentation as pages, which the worker's front page links to. @param folder a folder to create */
export function writeDocs(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const entries = pages.map((page) => {
    const text = readFileSync(at(page), "utf8");
    const title = /^# (.+)$/m.exec(text)?.[1] ?? page;
    writeFileSync(
      `${folder}/${nameOf(page)}.html`,
      layout(title, `<p><a href="./">Documentation</a></p>\n${toHtml(text, page)}`),
    );
    return `<li><a href="${nameOf(page)}">${title}</a></li>`;
  });
  writeFileSync(
    `${folder}/index.html`,
    layout("Documentation", `<h1>Documentation</h1>\n<ul>\n${entries.join("\n")}\n</ul>`),
  );
  writeFileSync(`${folder}/style.css`, style);
}

/**
 * The texts are part of this repository, so they are trusted. A link to a file that is not one of these pages becomes
 * plain text.
 */
function toHtml(markdown: string, page: string): string {
  const marked = new Marked({
    renderer: {
      heading({ tokens, depth, text }: Tokens.Heading) {
        return `<h${depth} id="${toId(text)}">${this.parser.parseInline(tokens)}</h${depth}>\n`;
      },
      link({ href, tokens }: Tokens.Link) {
        const text = this.parser.parseInline(tokens);
        const target = resolveLink(href, page);
        return target === undefined ? text : `<a href="${target}">${text}</a>`;
      },
      image: ({ text }: Tokens.Image) => text,
    },
  });
  return marked.parse(markdown, { async: false });
}

function resolveLink(href: string, page: string): string | undefined {
  if (/^(https?:|#)/.test(href)) return href;
  const [path = "", fragment] = href.split("#");
  const target = join(dirname(page), path);
  if (!pages.includes(target)) return undefined;
  return nameOf(target) + (fragment === undefined ? "" : `#${fragment}`);
}

function nameOf(page: string): string {
  return page
    .replace(/^docs\//, "")
    .replace(/\.md$/, "")
    .toLowerCase();
}

/** The id of a heading as other renderers of Markdown make it, so that links to sections work here too. */
function toId(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^\p{Letter}\p{Number}\s_-]/gu, "")
    .replaceAll(/\s/g, "-");
}

function layout(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${title} · Rivulet Chat</title>
<link rel="stylesheet" href="style.css">
</head>
<body>
<main>
${body}
</main>
</body>
</html>
`;
}
