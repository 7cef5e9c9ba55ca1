import { plainWords } from "./cited.ts";
import { findWords } from "./find-words.ts";
import { decode, isHere } from "./source-link.ts";

/** The name of the highlight that marks cited words. */
const highlightName = "rivulet-chat-source";

/** How long a page may take until it contains the cited words, in milliseconds. */
const arrivalMs = 15_000;

/** The pause between two searches while a page is changing, in milliseconds. */
const searchEveryMs = 100;

const sheet = new CSSStyleSheet();
let arrival: AbortController | undefined;

/**
 * Scrolls to cited words on this page and marks them, without any change to the page's nodes. If they are not found,
 * it scrolls to the address's fragment.
 * @param color of the mark, as a CSS color
 */
export function markOnPage(url: string, quotes: readonly string[], color: string): void {
  arrival?.abort();
  if (mark(quotes, color)) return;
  const id = decode(new URL(url).hash.slice(1));
  (document.getElementById(id) ?? document.body).scrollIntoView({ behavior: behavior() });
}

/** Marks cited words once this document shows their page, if the site swaps its pages without loading them. */
export function markOnArrival(url: string, quotes: readonly string[], color: string): void {
  arrival?.abort();
  arrival = new AbortController();
  const { signal } = arrival;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const search = () => {
    timer = undefined;
    if (!signal.aborted && isHere(url) && mark(quotes, color)) arrival?.abort();
  };
  const observer = new MutationObserver(() => (timer ??= setTimeout(search, searchEveryMs)));
  observer.observe(document, { childList: true, subtree: true });
  const end = setTimeout(() => arrival?.abort(), arrivalMs);
  signal.addEventListener("abort", () => {
    clearTimeout(end);
    observer.disconnect();
  });
}

/** @returns whether the words are on the page */
function mark(quotes: readonly string[], color: string): boolean {
  const ranges = quotes.flatMap((quote) => findWords(document.body, plainWords(quote)));
  const [first] = ranges;
  if (!first) return false;
  if ("highlights" in CSS) {
    if (!document.adoptedStyleSheets.includes(sheet)) document.adoptedStyleSheets.push(sheet);
    sheet.replaceSync(`::highlight(${highlightName}) { background-color: color-mix(in srgb, ${color} 24%, transparent); }
@media (forced-colors: active) { ::highlight(${highlightName}) { background-color: Mark; color: MarkText; } }`);
    CSS.highlights.set(highlightName, new Highlight(...ranges));
  }
  scrollTo(first);
  return true;
}

/** Scrolls words into the middle of the window, or of what scrolls around them. */
function scrollTo(words: Range): void {
  const element = words.startContainer.parentElement;
  const isTall = (element?.clientHeight ?? 0) > innerHeight;
  element?.scrollIntoView({ block: isTall ? "start" : "center", behavior: isTall ? "instant" : behavior() });
  if (isTall) scrollBy({ top: words.getBoundingClientRect().top - innerHeight / 2, behavior: "instant" });
}

function behavior(): ScrollBehavior {
  return matchMedia("(prefers-reduced-motion: reduce)").matches ? "instant" : "smooth";
}
