// The page of `npm run prove -- markdown-time`: shows one document after the other as the chat does, colors and formulas
// included.
import "../../../widget/markdown/code-queue.ts"; // part of the first file: the page has no server to load from
import "../../../widget/markdown/math.ts";
import { answerStyles } from "../../../widget/styles/answer.ts";
import { tokens } from "../../../widget/styles/tokens.ts";
import { createRenderer } from "../support/create-renderer.ts";

declare global {
  interface Window {
    /**
     * Shows a document. The tasks that belong to it lie between two marks of the performance timeline.
     * @param mark name of the marks
     * @param stepChars how many characters arrive at a time
     */
    show(mark: string, text: string, stepChars: number): Promise<number>;
  }
}

/** How many macrotasks in a row must change nothing before a document counts as finished. */
const quietTasks = 3;

const host = document.body.appendChild(document.createElement("div"));
const root = host.attachShadow({ mode: "open" });
const sheet = new CSSStyleSheet();
sheet.replaceSync(`${tokens} ${answerStyles} .answer { inline-size: 25em; }`);
root.adoptedStyleSheets = [sheet];

window.show = async (mark, text, stepChars) => {
  const answer = document.createElement("div");
  answer.className = "answer";
  root.append(answer);
  await nextTask();
  performance.mark(mark);
  const renderer = createRenderer(answer);
  for (let end = stepChars; end < text.length; end += stepChars) {
    renderer.update(text.slice(0, end), { isFinal: false });
    answer.getBoundingClientRect();
    await nextTask();
  }
  renderer.update(text, { isFinal: true });
  answer.getBoundingClientRect();
  await untilQuiet(answer);
  performance.mark(mark);
  const nodes = answer.querySelectorAll("*").length;
  answer.remove();
  await nextTask();
  return nodes;
};

async function untilQuiet(answer: Element): Promise<void> {
  let quiet = 0;
  const observer = new MutationObserver(() => (quiet = 0));
  observer.observe(answer, { childList: true, subtree: true, characterData: true });
  for (; quiet < quietTasks; quiet += 1) {
    await nextTask();
    answer.getBoundingClientRect();
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
  observer.disconnect();
}

async function nextTask(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve));
}
