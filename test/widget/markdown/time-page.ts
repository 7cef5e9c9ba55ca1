// The page of `npm run prove -- markdown-time`: shows one document after the other as the chat does, colors and formulas
// included.
import "../../../widget/markdown/code-queue.ts"; // bundled into the page's only file: the page has no server
import "../../../widget/markdown/math.ts";
import { answerStyles } from "../../../widget/styles/answer.ts";
import { tokens } from "../../../widget/styles/tokens.ts";
import { createRenderer } from "../support/create-renderer.ts";
import { randomFrom, randomLongDocument } from "./fuzz.ts";

declare global {
  interface Window {
    /**
     * Shows a document. The tasks that belong to it lie between two marks of the performance timeline.
     * @param mark name of the marks
     * @param source the document, or the seed of a random one
     * @param stepChars how many characters arrive at a time
     * @returns the number of elements that it becomes
     */
    show(mark: string, source: string | number, stepChars: number): Promise<number>;
    /**
     * Shows random documents one after the other, each at once.
     * @returns for each document, the longest time from one task to the next, in milliseconds, and the number of
     * elements; the time includes other work on the machine
     */
    showRandom(seeds: readonly number[]): Promise<{ ms: number; elements: number }[]>;
  }
}

/** How many frames in a row must change nothing, and leave no timer waiting, before a document counts as finished. */
const quietFrames = 2;

const root = document.body.appendChild(document.createElement("div")).attachShadow({ mode: "open" });
const sheet = new CSSStyleSheet();
sheet.replaceSync(`${tokens} ${answerStyles} .answer { inline-size: 25em; }`);
root.adoptedStyleSheets = [sheet];

/** Timers that have not fired: colors and formulas wait for them. */
const timers = new Set<number>();
const [startTimer, stopTimer] = [window.setTimeout.bind(window), window.clearTimeout.bind(window)];

window.show = async (mark, source, stepChars) => {
  const text = typeof source === "string" ? source : randomLongDocument(randomFrom(source));
  const answer = document.createElement("div");
  answer.className = "answer";
  root.append(answer);
  await nextTask();
  performance.mark(mark);
  const renderer = createRenderer(answer);
  for (let end = stepChars; end < text.length; end += stepChars) {
    renderer.update(text.slice(0, end), { isFinal: false });
    answer.getBoundingClientRect(); // layout is part of the task
    await nextTask();
  }
  renderer.update(text, { isFinal: true });
  answer.getBoundingClientRect();
  await untilQuiet(answer);
  performance.mark(mark);
  const elements = answer.querySelectorAll("*").length;
  answer.remove();
  await nextTask();
  return elements;
};

window.showRandom = async (seeds) => {
  const results: { ms: number; elements: number }[] = [];
  for (const seed of seeds) {
    const text = randomLongDocument(randomFrom(seed));
    const answer = document.createElement("div");
    answer.className = "answer";
    root.append(answer);
    await nextTask();
    let start = performance.now();
    createRenderer(answer).update(text, { isFinal: true });
    answer.getBoundingClientRect();
    let ms = performance.now() - start;
    do {
      start = performance.now();
      await nextTask(); // includes a timer of the page, if one is due
      answer.getBoundingClientRect();
      ms = Math.max(ms, performance.now() - start);
    } while (timers.size > 0);
    results.push({ ms, elements: answer.querySelectorAll("*").length });
    answer.remove();
  }
  return results;
};

Object.assign(window, {
  setTimeout(handler: () => void, ms?: number): number {
    const id = startTimer(() => {
      timers.delete(id);
      handler();
    }, ms);
    timers.add(id);
    return id;
  },
  clearTimeout(id?: number): void {
    if (id !== undefined) timers.delete(id);
    stopTimer(id);
  },
});

async function untilQuiet(answer: Element): Promise<void> {
  let quiet = 0;
  const observer = new MutationObserver(() => (quiet = 0));
  observer.observe(answer, { childList: true, subtree: true, characterData: true });
  for (; quiet < quietFrames; quiet += 1) {
    await new Promise((resolve) => requestAnimationFrame(resolve));
    await nextTask();
    if (timers.size > 0) quiet = -1;
  }
  observer.disconnect();
}

async function nextTask(): Promise<void> {
  await new Promise((resolve) => startTimer(resolve));
}
