import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import { linkedSources } from "../view/linked-sources.ts";
import { coversScreen } from "../view/phone.ts";
import { plainWords } from "./cited.ts";
import type { Cited } from "./cited.ts";
import { decode, isHere, linkOf } from "./source-link.ts";
import type { SourceLink } from "./source-link.ts";

/**
 * A link to a source, or its content alone if there is nothing that may be followed. Other sites open in a new tab.
 * @param extra a directive for the element
 */
export function sourceLink(cited: Cited, name: string, content: unknown, extra?: unknown): TemplateResult {
  const link = linkOf(cited.source, cited.quotes);
  if (!link) return html`<span class=${name} data-source=${cited.source.index} ${extra}>${content}</span>`;
  return html`<a
    class=${name}
    data-source=${cited.source.index}
    href=${link.href}
    title=${link.url}
    target=${link.kind === "elsewhere" ? "_blank" : nothing}
    rel="noopener nofollow ugc"
    @click=${(event: MouseEvent) => follow(event, cited, link)}
    ${extra}
    >${content}</a
  >`;
}

/** Shows the cited words on this page, or once the site has swapped the page. The browser follows every other link. */
function follow(event: MouseEvent, { source, quotes, context }: Cited, { url, kind }: SourceLink): void {
  const { currentTarget: anchor, metaKey, ctrlKey, shiftKey, altKey } = event;
  if (!(anchor instanceof HTMLElement) || kind === "elsewhere" || metaKey || ctrlKey || shiftKey || altKey) return;
  const { index, title } = source;
  linkedSources.set(anchor, { url, source: { index, title } });
  const { color } = getComputedStyle(anchor.querySelector(".number, .icon") ?? anchor);
  const cited = (quotes.length > 0 ? quotes : [source.snippet ?? ""]).map(plainWords);
  const passage = { quotes: cited, id: decode(new URL(url).hash.slice(1)), color };
  // it loads while the preview or the card is looked at; if it cannot, links are plain links
  const marking = import("./mark-page.ts");
  if (kind === "site")
    return void marking.then(
      ({ markOnArrival }) => markOnArrival(passage, () => isHere(url)),
      () => undefined,
    );
  event.preventDefault();
  const panel = anchor.closest<HTMLElement>("[part=panel]");
  if (panel && coversScreen(panel)) context.requests.close();
  void marking.then(
    ({ markOnPage }) => markOnPage(passage),
    () => location.assign(url),
  );
}
