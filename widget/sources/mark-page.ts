import { coversScreen } from "../view/phone.ts";
import type { Cited } from "./cited.ts";
import { findWords } from "./find-words.ts";

/** The name of the highlight that marks cited words. */
const highlightName = "rivulet-chat-source";

/** How long to wait for the cited words to appear on a page, in milliseconds. */
const arrivalMs = 15_000;

/** The pause between two searches while a page is changing, in milliseconds. */
const searchEveryMs = 100;

const sheet = new CSSStyleSheet();
let arrival: AbortController | undefined;

/**
 * Scrolls to cited words on this page and marks them, without changing the page's nodes. If the words are not found,
 * the page is scrolled to the address's fragment, or else to the top. A chat that covers the screen is closed first.
 * @param panel the chat's panel
 */
export async function markOnPage(panel: HTMLElement, cited: Cited, url: string): Promise<void> {
  arrival?.abort();
  const color = accentOf(panel);
  if (coversScreen(panel)) {
    cited.context.requests.close();
    await new Promise(requestAnimationFrame);
    await new Promise(requestAnimationFrame); // until then, the page cannot scroll
  }
  if (mark(cited, color)) return;
  (targetOf(url) ?? document.body).scrollIntoView({ behavior: behavior() });
}

/**
 * The element that an address's fragment names. A URL's fragment is percent-encoded, and an id usually is not.
 * @see https://html.spec.whatwg.org/multipage/browsing-the-web.html#find-a-potential-indicated-element
 */
function targetOf(url: string): Element | null {
  const id = new URL(url).hash.slice(1);
  try {
    return document.getElementById(id) ?? document.getElementById(decodeURIComponent(id));
  } catch {
    return null; // not UTF-8
  }
}

/**
 * Marks cited words once this document shows their page, for sites that replace pages without loading a new document.
 * @param panel the chat's panel
 * @param isHere returns whether the page is shown
 */
export function markOnArrival(panel: HTMLElement, cited: Cited, isHere: () => boolean): void {
  const color = accentOf(panel);
  arrival?.abort();
  arrival = new AbortController();
  const { signal } = arrival;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const search = () => {
    timer = undefined;
    if (!signal.aborted && isHere() && mark(cited, color)) arrival?.abort();
  };
  const observer = new MutationObserver(() => (timer ??= setTimeout(search, searchEveryMs)));
  observer.observe(document, { childList: true, subtree: true });
  const end = setTimeout(() => arrival?.abort(), arrivalMs);
  signal.addEventListener("abort", () => {
    clearTimeout(end);
    observer.disconnect();
  });
}

/** The chat's accent color, computed from a chip or a source's number so that the page can use it. */
function accentOf(panel: HTMLElement): string {
  return getComputedStyle(panel.querySelector(".citation[aria-expanded=false], .number") ?? panel).color;
}

/** @returns whether the words are on the page */
function mark({ source, quotes }: Cited, color: string): boolean {
  const words = quotes.length > 0 ? quotes : [source.snippet ?? ""];
  const ranges = findWords(document.body, words);
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

/** Scrolls words into the middle of the window, and of any scrolling elements around them. */
function scrollTo(words: Range): void {
  const element = words.startContainer.parentElement;
  const isTall = (element?.clientHeight ?? 0) > innerHeight;
  element?.scrollIntoView({ block: isTall ? "start" : "center", behavior: isTall ? "instant" : behavior() });
  if (isTall) scrollBy({ top: words.getBoundingClientRect().top - innerHeight / 2, behavior: "instant" });
}

function behavior(): ScrollBehavior {
  return matchMedia("(prefers-reduced-motion: reduce)").matches ? "instant" : "smooth";
}
