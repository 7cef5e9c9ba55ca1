/** The panels that hold the page. With two chats, the last one that closes releases it. */
const holders = new Set<AbortSignal>();
const sheet = new CSSStyleSheet();
let release = (): void => undefined;

/**
 * Stops the page behind a panel from scrolling, without any change to its nodes.
 * @param signal releases the page, and scrolls it back to where it was, unless its address has changed
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
    // iOS can scroll the page when the keyboard opens, and a page without its scroll bar can be shorter
    const hasMoved = window.scrollX !== left || window.scrollY !== top;
    if (hasMoved && location.href === href) scrollTo({ left, top, behavior: "instant" });
  };
}

/**
 * The element whose `overflow` the window has: the root's, or the body's if the root has none. A body whose `overflow` is
 * no longer the window's would scroll by itself, from its beginning.
 * @see https://drafts.csswg.org/css-overflow-3/#overflow-propagation
 */
function scrollingElement(): "body" | "html" {
  const [root, body] = [document.documentElement, document.body].map((each) => getComputedStyle(each).overflow);
  return root === "visible" && body !== "visible" ? "body" : "html";
}
