import { readFileSync } from "node:fs";
import { Marked, type Tokens } from "marked";
import { monthsChart } from "./months-chart.ts";

/** A help page, written in `demo/content/<slug>.md`. */
export interface Article {
  slug: string;
  title: string;
  /** Its name in menus. */
  short: string;
  summary: string;
  /** Reading time in minutes. */
  minutes: string;
  html: string;
  sections: { id: string; title: string }[];
}

/** Reads an article and converts it to HTML. The text is part of this repository, so it is trusted. */
export function readArticle(slug: string): Article {
  const text = readFileSync(new URL(`../content/${slug}.md`, import.meta.url), "utf8");
  const [, head = "", body = ""] = /^---\n(.*?)\n---\n(.*)$/s.exec(text) ?? [];
  const fields = Object.fromEntries(
    head.split("\n").map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1).trim()]),
  );
  const { title = slug, short = title, summary = "", minutes = "1" } = fields;
  const sections: Article["sections"] = [];
  return { slug, title, short, summary, minutes, html: toHtml(body, sections), sections };
}

function toHtml(markdown: string, sections: Article["sections"]): string {
  let heading = "";
  const marked = new Marked({
    renderer: {
      heading({ tokens, depth, text }: Tokens.Heading) {
        const id = toId(text);
        heading = text;
        if (depth === 2) sections.push({ id, title: text });
        return `<h${depth} id="${id}"><a href="#${id}">${this.parser.parseInline(tokens)}</a></h${depth}>\n`;
      },
      table({ header, rows }: Tokens.Table) {
        const inline = (cell: Tokens.TableCell) => this.parser.parseInline(cell.tokens);
        return table(heading, header, rows, inline);
      },
      blockquote({ tokens }: Tokens.Blockquote) {
        const html = this.parser.parse(tokens);
        const [, kind = "", rest = html] = /^<p>\[!(\w+)\]\s*(.*)$/s.exec(html) ?? [];
        return `<aside class="callout ${kind}"><p>${rest}</aside>\n`;
      },
      code({ text, lang }: Tokens.Code) {
        const escaped = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
        return `<pre tabindex="0" data-language="${lang ?? ""}"><code>${escaped}</code></pre>\n`;
      },
    },
  });
  const html = marked.parse(markdown, { async: false });
  return html.replace('<figure class="chart" data-chart="months"></figure>', monthsChart());
}

/** A wide table scrolls in its own region, which is reachable by keyboard. */
function table(
  title: string,
  header: readonly Tokens.TableCell[],
  rows: readonly (readonly Tokens.TableCell[])[],
  inline: (cell: Tokens.TableCell) => string,
): string {
  const write = (cell: Tokens.TableCell, tag: string) =>
    `<${tag}${cell.align ? ` class="${cell.align}"` : ""}>${inline(cell)}</${tag}>`;
  const head = header.map((cell) => write(cell, cell.text === "" ? "td" : "th")).join("");
  const body = rows.map((row) => `<tr>${row.map((cell) => write(cell, "td")).join("")}</tr>`).join("\n");
  return `<div class="table" role="region" aria-label="Table: ${title}" tabindex="0"><table><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>\n`;
}

function toId(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-|-$/g, "");
}
