import { once } from "node:events";
import { createServer } from "node:http";
import { gzipSync } from "node:zlib";
import { makePdf } from "./make-files.ts";

/** What the server answers to one path. */
export interface SiteAnswer {
  status?: number;
  headers?: Record<string, string>;
  body?: string | Buffer;
  /** The request is never answered. */
  isSilent?: boolean;
}

/** A website on this machine that keeps a log. */
export interface DocumentSite extends AsyncDisposable {
  /** Without a trailing slash. */
  readonly url: string;
  /** Its answers, by path and query. A function is called for each request. */
  readonly pages: Map<string, SiteAnswer | (() => SiteAnswer)>;
  /** Every request since {@link clearLog}, as `200 /docs/`. */
  readonly log: string[];
  /** What every request is answered with, whatever it asks for. */
  everywhere?: SiteAnswer;
  /** Empties the log. @returns what it contained */
  clearLog(): string[];
}

/** Starts a website. Answers have an ETag, and a request that names the current one is answered with 304. */
export async function startDocumentSite(pages: Iterable<readonly [string, SiteAnswer]> = []): Promise<DocumentSite> {
  const log: string[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? "/";
    const found = site.everywhere ?? site.pages.get(path) ?? { status: 404 };
    const { status = 200, headers = {}, body = "", isSilent = false } = typeof found === "function" ? found() : found;
    const etag = `"${Buffer.from(body).toString("base64").slice(-40)}-${body.length}"`;
    const hasChanged = status !== 200 || request.headers["if-none-match"] !== (headers["etag"] ?? etag);
    log.push(`${hasChanged ? status : 304} ${path}`);
    if (isSilent) return;
    response.writeHead(hasChanged ? status : 304, { "content-type": "text/html; charset=utf-8", etag, ...headers });
    response.end(hasChanged ? body : undefined);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const site: DocumentSite = {
    url: `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`,
    pages: new Map(pages),
    log,
    clearLog: () => log.splice(0),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
  return site;
}

/** A web page with a header, a menu and a footer around its text. @param content HTML below the heading */
export function webPage(title: string, content: string, head = ""): SiteAnswer {
  const menu = Array.from({ length: 8 }, (_, at) => `<li><a href="/docs/page/${at + 1}">Menu entry ${at}</a></li>`);
  return {
    body: `<!doctype html><html lang="en"><head><title>${title} · Sillwatt</title>${head}</head><body>
      <header><nav><a href="/docs/">Home</a></nav></header>
      <div class="sidebar"><h3 id="menu">Menu</h3><ul>${menu.join("")}</ul></div>
      <div class="content"><h1>${title}</h1>${content}</div>
      <footer>Imprint of the boilerplate, since 1999.</footer></body></html>`,
  };
}

/** An article of a site, which links to the next one. @param text the text of its section on tools */
export function article(number: number, text = `You need the zorkwrench${number}.`): SiteAnswer {
  const next = `<p><a href="/docs/page/${number + 1}#tools">Read on</a></p>`;
  return webPage(
    `Article ${number}`,
    `<p>This is the introduction to article ${number}, which says, in a sentence of some length, what it is about.</p>
     <h2 id="tools">Tools</h2><p>${text} A ladder, a friend, and an hour are enough for everything else, too.</p>${next}`,
  );
}

/** How many pages {@link addDocumentation} adds. */
export interface DocumentationSize {
  articles: number;
  /** How many pages the calendar has, each of which links to the next. */
  months: number;
}

/**
 * Gives a site articles, and everything that makes sites difficult to ingest.
 * @param elsewhere another site, to which some links and redirects lead
 */
export function addDocumentation(site: DocumentSite, elsewhere: string, { articles, months }: DocumentationSize): void {
  const { pages, url } = site;
  const set = (path: string, answer: SiteAnswer | (() => SiteAnswer)) => pages.set(path, answer);
  for (let number = 1; number <= articles; number += 1) set(`/docs/page/${number}`, article(number));
  const others = [
    "page/3?utm_source=letter",
    "page/4/",
    "print/5",
    "copy/6",
    "old/7",
    "away",
    "account",
    "members",
    "signin",
    "private/8",
    "draft",
    "calendar?month=1",
    "missing",
    "manual.pdf",
  ];
  const links = [...others, "../blog/", `${elsewhere}/docs/page/1`].map((path) => `<a href="${path}">${path}</a>`);
  const text = "<p>Welcome to the documentation, which has, as you can see, an article for every question.</p>";
  set("/docs/", webPage("Documentation", `${text}<p>${links.join(" ")} <a href="page/1">Begin</a></p>`));
  set("/docs/page/4/", article(4));
  set("/docs/print/5", webPage("Article 5", "<p>For printers.</p>", '<link rel="canonical" href="/docs/page/5">'));
  set("/docs/copy/6", article(6));
  set("/docs/old/7", { status: 301, headers: { location: "/docs/page/7" } });
  set("/docs/away", { status: 302, headers: { location: `${elsewhere}/login` } });
  set("/docs/account", { status: 302, headers: { location: "/login" } });
  set("/docs/members", { status: 401 });
  const form = '<form><label>Password <input type="password"></label><button>Sign in</button></form>';
  set("/docs/signin", { body: `<html><body><main><h1>Sign in</h1>${form}</main></body></html>` });
  set("/login", { body: `<html><body><main><h1>Sign in</h1>${form}</main></body></html>` });
  set("/docs/private/8", article(8));
  set("/docs/draft", webPage("Draft", "<p>Not yet.</p>", '<meta name="robots" content="noindex">'));
  set("/docs/manual.pdf", {
    headers: { "content-type": "application/pdf" },
    body: makePdf([["First page."], ["The quibbler is on page two."]]),
  });
  for (let month = 1; month <= months; month += 1) {
    const on = `<p>Month number ${month} of the calendar. <a href="/docs/calendar?month=${month + 1}">Next</a></p>`;
    set(`/docs/calendar?month=${month}`, webPage(`Month ${month}`, on));
  }
  set("/robots.txt", {
    headers: { "content-type": "text/plain" },
    body: `User-agent: *\nDisallow: /docs/private/\nSitemap: ${url}/sitemap-index.xml\n`,
  });
}

/** Gives a site an index of two sitemaps, one of them compressed. @param without paths that the sitemaps leave out */
export function addSitemap(site: DocumentSite, without: readonly string[] = []): void {
  const { url, pages } = site;
  const listed = [...pages.keys()].filter(
    (path) => path.startsWith("/docs/") && !/calendar|manual|page\/4\/$/.test(path) && !without.includes(path),
  );
  const entry = (path: string) => `<url><loc>${url}${path}</loc><lastmod>2026-11-01</lastmod></url>`;
  const urlset = (paths: readonly string[]) =>
    `<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${paths.map(entry).join("\n")}</urlset>`;
  const xml = { "content-type": "application/xml" };
  pages.set("/sitemap-a.xml", { headers: xml, body: urlset([...listed.slice(0, 200), "/blog/"]) });
  const packed = { headers: { "content-type": "application/gzip" }, body: gzipSync(urlset(listed.slice(200))) };
  pages.set("/sitemap-b.xml.gz", packed);
  const parts = ["a.xml", "b.xml.gz"].map((name) => `<sitemap><loc>${url}/sitemap-${name}</loc></sitemap>`);
  pages.set("/sitemap-index.xml", { headers: xml, body: `<sitemapindex>${parts.join("")}</sitemapindex>` });
}
