import { UnreadableDocument } from "./parsed-document.ts";

/**
 * Reads a URL that a document gives for itself.
 * @returns undefined if it is neither a path on the site nor a full http or https URL
 */
export function readUrl(text: string): string | undefined {
  if (/^\/(?![/\\])/.test(text)) return text.trim();
  return /^https?:\/\//i.test(text) && URL.canParse(text) ? text.trim() : undefined;
}

/** Reads the `url` of front matter. @throws UnreadableDocument if it is neither a path nor a full URL */
export function readFrontMatterUrl(value: string): string {
  const url = readUrl(value);
  if (url !== undefined) return url;
  const shown = JSON.stringify(value.slice(0, 100));
  throw new UnreadableDocument(`url in its front matter is ${shown}: write a path, as in /install, or a full URL.`);
}

/**
 * The URL of a page that a site generator makes from a file: `guide/install.md` becomes `<prefix>/guide/install`, and
 * `guide/index.md` becomes `<prefix>/guide/`. Files that are served as they are keep their names.
 * @param prefix of the URLs of a folder, e.g. `/help` or `https://example.com/help/`
 * @param path of the file in that folder, with `/` as the separator
 */
export function urlFromPath(prefix: string, path: string): string {
  const page = path.replace(/(?:^|(?<=\/))(?:_?index|readme)\.(?:mdx?|markdown|x?html?)$/i, "").replace(markdown, "");
  return `${prefix.replace(/\/+$/, "")}/${page.split("/").map(encodeURIComponent).join("/")}`;
}

const markdown = /\.(?:mdx?|markdown)$/i;
