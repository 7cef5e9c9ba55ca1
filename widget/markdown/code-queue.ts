import { CodePainter } from "./highlight.ts";

/** Code that is coloured, or waits for it. */
interface Request {
  text: Text;
  language: string;
  isFinal: boolean;
  painter?: CodePainter;
}

/** Colouring goes on for so long before the page gets a turn, in milliseconds: a long history has a lot of code. */
const sliceMs = 8;

let timer: ReturnType<typeof setTimeout> | undefined;
/** Held as long as the code is shown. */
const requests = new Map<Text, Request>();
const waiting = new Set<Request>();
const painters = new WeakMap<Element, CodePainter>();

/** Only code that is in sight, or soon will be, has its colours. */
const observer = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of entries) painters.get(target)?.setVisible(isIntersecting);
  },
  { scrollMargin: "100%" },
);

/**
 * Colours code that is known already at once, other code soon.
 * @param text the code
 * @param language as it stands behind the fence
 * @param isFinal the code is whole
 */
export function colour(text: Text, language: string, isFinal: boolean): void {
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
  paintSoon();
}

/** Not at once: what has just been made is not in the page yet, and has no style sheet to put the colours in. */
function paintSoon(): void {
  timer ??= setTimeout(paintWaiting);
}

function paintWaiting(): void {
  timer = undefined;
  forgetGone();
  const end = performance.now() + sliceMs;
  for (const request of waiting) {
    if (performance.now() > end) return paintSoon();
    waiting.delete(request);
    paint(request);
  }
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

/** What was taken off the page gives its colours back. */
function forgetGone(): void {
  for (const request of requests.values()) if (request.painter && !request.painter.isShown) forget(request);
}

function forget({ text, painter }: Request): void {
  painter?.setVisible(false);
  if (text.parentElement) observer.unobserve(text.parentElement);
  requests.delete(text);
}
