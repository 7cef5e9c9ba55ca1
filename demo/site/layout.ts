import type { Article } from "./article.ts";

/** The parts of a page that the layout needs. All fields except `title` and `description` can contain HTML. */
export interface Page {
  title: string;
  description: string;
  /** Path of the page, e.g. `/install`. */
  path: string;
  /** Class of the `main` element. */
  kind: "home" | "article" | "compare";
  body: string;
  /** Script tags for the end of the head. */
  scripts: string;
}

/** The chat with an assistant. This tag is all that a site needs. */
export function chatTag(assistant: string): string {
  return `<script src="/rivulet.js" data-assistant="${assistant}" async></script>`;
}

const mark = `<svg class="mark" viewBox="0 0 32 32" aria-hidden="true"><circle cx="16" cy="11" r="6"/><path d="M3 20h26M6 20v8M12.7 20v8M19.3 20v8M26 20v8"/></svg>`;

/** Renders a page in the common layout. */
export function layout(page: Page, articles: readonly Article[]): string {
  const links = articles.map(({ slug, short }) => link(`/${slug}`, short, page.path)).join("\n");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="color-scheme" content="light dark">
<title>${page.title}</title>
<meta name="description" content="${page.description}">
<link rel="preload" href="/fonts/figtree.woff2" as="font" type="font/woff2" crossorigin>
<link rel="stylesheet" href="/style.css">
<link rel="icon" href="/icon.svg" type="image/svg+xml">
${page.scripts}
</head>
<body>
<a class="skip" href="#content">Skip to the content</a>
<header class="top">
<a class="brand" href="/">${mark}<span>Sillwatt</span><small>Help</small></a>
<nav aria-label="Help topics">
${links}
${link("/compare", "Compare", page.path)}
</nav>
</header>
<main id="content" class="${page.kind}">
${page.body}
</main>
<footer>
<p>Sillwatt is a fictional product. This site is a demo of <strong>Rivulet Chat</strong>.</p>
<p><a href="/privacy">What happens to what you write</a></p>
</footer>
</body>
</html>
`;
}

function link(path: string, text: string, current: string): string {
  return `<a href="${path}"${path === current ? ' aria-current="page"' : ""}>${text}</a>`;
}
