/** The interface through which a page of the benchmark is measured. */
export interface Bench {
  /** Asks a question, so that an answer begins to stream. */
  start(): void;
  /** The text that is shown. */
  shown(): string;
}

declare global {
  interface Window {
    bench: Bench;
    /** Marker numbers and the time at which each was first seen. */
    seen: [marker: number, at: number][];
    /** Durations of tasks of more than 50 ms. */
    longTasks: number[];
    hasEnded: boolean;
  }
}

/** Adds the functions and values to `window` with which the benchmark measures a page. */
export function expose(bench: Bench): void {
  window.bench = bench;
  window.seen = [];
  window.longTasks = [];
  window.hasEnded = false;
  new PerformanceObserver((list) =>
    window.longTasks.push(...list.getEntries().map(({ duration }) => duration)),
  ).observe({
    type: "longtask",
  });
  watch();
}

/** In each frame, looks for markers at the end of the shown text. All contestants pay for this search. */
function watch(): void {
  let last = -1;
  const look = () => {
    const end = window.bench.shown().slice(-1500);
    const marker = Number(end.match(/m(\d{4})(?!.*m\d{4})/s)?.[1] ?? -1);
    if (marker > last) window.seen.push([(last = marker), Date.now()]);
    window.hasEnded ||= end.includes("theend");
    if (!window.hasEnded) requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

/** Reads the plain stream, a piece at a time. */
export async function readPieces(onPiece: (piece: string) => void): Promise<void> {
  const response = await fetch("/plain", { method: "POST" });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (let read = await reader?.read(); read && !read.done; read = await reader?.read()) {
    const events = (rest + read.value).split("\n\n");
    rest = events.pop() ?? "";
    for (const event of events) onPiece(JSON.parse(event.slice(6)).text);
  }
}

/** A box that scrolls, as wide and high as a chat. */
export function scrollBox(): HTMLElement {
  const box = document.createElement("div");
  Object.assign(box.style, { width: "26em", height: "40em", overflow: "auto", font: "16px/1.6 sans-serif" });
  document.body.append(box);
  return box;
}
