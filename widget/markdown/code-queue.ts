import { CodePainter } from "./highlight.ts";
import { runSoon } from "./slices.ts";

/** Code that is highlighted, or is waiting to be. */
interface Request {
  text: Text;
  language: string;
  isFinal: boolean;
  painter?: CodePainter;
}

/** Kept as long as the code is in the page. */
const requests = new Map<Text, Request>();
const waiting = new Set<Request>();
const painters = new WeakMap<Element, CodePainter>();

/** Only code that is visible, or about to be, is highlighted. */
const observer = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of entries) painters.get(target)?.setVisible(isIntersecting);
  },
  { scrollMargin: "100%" },
);

/**
 * Highlights code. Known code is updated at once, new code soon.
 * @param text the code
 * @param language the first word after the fence
 * @param isFinal whether the code is complete
 */
export function highlight(text: Text, language: string, isFinal: boolean): void {
  const known = requests.get(text);
  if (known?.language === language) {
    known.isFinal = isFinal;
    known.painter?.update(isFinal);
    return;
  }
  if (known) forget(known);
  const request = { text, language, isFinal };
  requests.set(text, request);
  waiting.add(request);
  runSoon(paintWaiting);
}

/** Runs in a later task: a new element is not in the page yet, and has no root for the style sheet. */
function paintWaiting(): boolean {
  forgetGone();
  for (const request of waiting) paint(request);
  waiting.clear();
  return false;
}

function paint(request: Request): void {
  const { text, language, isFinal } = request;
  const code = text.parentElement;
  if (!code?.isConnected) return void requests.delete(text);
  request.painter = new CodePainter(text, language);
  request.painter.update(isFinal);
  painters.set(code, request.painter);
  observer.observe(code);
}

/** Releases the highlights of removed code. */
function forgetGone(): void {
  for (const request of requests.values()) if (request.painter && !request.painter.isShown) forget(request);
}

function forget({ text, painter }: Request): void {
  painter?.setVisible(false);
  if (text.parentElement) observer.unobserve(text.parentElement);
  requests.delete(text);
}
