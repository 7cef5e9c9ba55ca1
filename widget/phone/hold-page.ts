/** One signal for each panel that holds the page. The page is released when the last of these panels closes. */
const holders = new Set<AbortSignal>();
const sheet = new CSSStyleSheet();
let release = (): void => undefined;

/**
 * Stops the page behind a panel from scrolling, without changing the page's nodes.
 * @param signal releases the page and restores its scroll position, unless the page's address has changed
 */
export function holdPage(signal: AbortSignal): void {
  if (holders.size === 0) release = hold();
  holders.add(signal);
  signal.addEventListener("abort", () => {
    holders.delete(signal);
    if (holders.size === 0) release();
  });
}

function hold(): () => void {
  const { scrollX: left, scrollY: top } = window;
  const { href } = location;
  sheet.replaceSync(`${scrollingElement()}:not(#_) { overflow: hidden !important; }`);
  document.adoptedStyleSheets.push(sheet);
  return () => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((each) => each !== sheet);
    // iOS can scroll the page when the keyboard opens, and without its scroll bar a page is wider and can be shorter
    const hasMoved = window.scrollX !== left || window.scrollY !== top;
    if (hasMoved && location.href === href) scrollTo({ left, top, behavior: "instant" });
  };
}

/**
 * The element whose `overflow` the browser applies to the window: the body if only the body sets it, otherwise the
 * root. If the rule were on the root although the body sets `overflow`, the body would become a scroll container of its
 * own and would start at its top.
 * @see https://drafts.csswg.org/css-overflow-3/#overflow-propagation
 */
function scrollingElement(): "body" | "html" {
  const [root, body] = [document.documentElement, document.body].map((each) => getComputedStyle(each).overflow);
  return root === "visible" && body !== "visible" ? "body" : "html";
}
