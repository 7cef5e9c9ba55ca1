import { findWords } from "./find-words.ts";

/** The name of the highlight that marks cited words. */
const highlightName = "rivulet-chat-source";

/** Words of a page that an answer cites. */
export interface Passage {
  /** The cited words, without Markdown's marks. */
  quotes: readonly string[];
  /** The fragment of the page's address, or an empty string. */
  id: string;
  /** The color of the mark, as a CSS color. */
  color: string;
}

/** How long a page may take until it contains the cited words, in milliseconds. */
const arrivalMs = 15_000;

/** The pause between two searches while a page is changing, in milliseconds. */
const searchEveryMs = 100;

const sheet = new CSSStyleSheet();
let arrival: AbortController | undefined;

/**
 * Scrolls to cited words on this page and marks them, without any change to the page's nodes. If they are not found,
 * it scrolls to the address's fragment. A chat that covers the page is closed by then.
 */
export async function markOnPage(passage: Passage): Promise<void> {
  arrival?.abort();
  await new Promise(requestAnimationFrame);
  await new Promise(requestAnimationFrame); // the page can scroll again
  if (mark(passage)) return;
  (document.getElementById(passage.id) ?? document.body).scrollIntoView({ behavior: behavior() });
}

/**
 * Marks cited words once this document shows their page, if the site swaps its pages without loading them.
 * @param isHere whether it does
 */
export function markOnArrival(passage: Passage, isHere: () => boolean): void {
  arrival?.abort();
  arrival = new AbortController();
  const { signal } = arrival;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const search = () => {
    timer = undefined;
    if (!signal.aborted && isHere() && mark(passage)) arrival?.abort();
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
function mark({ quotes, color }: Passage): boolean {
  const ranges = quotes.flatMap((quote) => findWords(document.body, quote));
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
