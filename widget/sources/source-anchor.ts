import { html, nothing } from "lit/html.js";
import type { TemplateResult } from "lit/html.js";
import { linkedSources } from "../view/linked-sources.ts";
import type { Cited } from "./cited.ts";
import { isHere, linkOf } from "./source-link.ts";
import type { SourceLink } from "./source-link.ts";

/**
 * A link to a source, or only the content if there is no link that may be followed. Other sites open in a new tab.
 * @param name the element's class and part
 * @param extra a directive for the element
 */
export function sourceLink(cited: Cited, name: string, content: unknown, extra?: unknown): TemplateResult {
  const link = linkOf(cited.source, cited.quotes);
  if (!link) return html`<span part=${name} class=${name} data-source=${cited.source.index} ${extra}>${content}</span>`;
  return html`<a
    part=${name}
    class=${name}
    data-source=${cited.source.index}
    href=${link.href}
    title=${link.url}
    target=${link.kind === "elsewhere" ? "_blank" : nothing}
    rel="noopener"
    @click=${(event: MouseEvent) => follow(event, cited, link)}
    ${extra}
    >${content}</a
  >`;
}

/**
 * Marks the cited words. If they are on this page, the link is not followed. If they are on another page of this site,
 * the link is followed, and the words are marked if the site shows that page in this document. The code that marks
 * words loads with the first click. If it fails to load, links to other pages still work.
 */
function follow(event: MouseEvent, cited: Cited, { url, kind }: SourceLink): void {
  const { currentTarget: anchor, metaKey, ctrlKey, shiftKey, altKey } = event;
  if (!(anchor instanceof HTMLElement) || kind === "elsewhere" || metaKey || ctrlKey || shiftKey || altKey) return;
  const { index, title } = cited.source;
  linkedSources.set(anchor, { url, source: { index, title } });
  if (kind === "here") event.preventDefault();
  const panel = anchor.closest<HTMLElement>("[part=panel]");
  if (!panel) return;
  void import("./mark-page.ts").then(
    (marks) =>
      kind === "here" ? marks.markOnPage(panel, cited, url) : marks.markOnArrival(panel, cited, () => isHere(url)),
    () => undefined,
  );
}
