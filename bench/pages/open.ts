/** The interface through which a page with a long conversation is measured. */
export interface OpenBench {
  /** Opens the conversation. */
  open(): void;
  /** The element that scrolls, once it is there. */
  area(): Element | null | undefined;
  /** The newest answer, once it is there. */
  newest(): Element | null | undefined;
}

declare global {
  interface Window {
    /** Milliseconds from the call until the newest answer is in sight and painted. */
    openConversation(): Promise<number>;
    /**
     * Scrolls to the beginning, by the given number of CSS pixels per frame.
     * @returns the time of each frame in milliseconds
     */
    scrollUp(pixelsPerFrame: number): Promise<number[]>;
    longTasksSince: number[];
  }
}

/** Adds the functions to `window` with which the benchmark measures a page. */
export function exposeOpen({ open, area, newest }: OpenBench): void {
  window.longTasksSince = [];
  new PerformanceObserver((list) =>
    window.longTasksSince.push(...list.getEntries().map(({ duration }) => duration)),
  ).observe({ type: "longtask" });
  const nextFrame = () => new Promise<number>(requestAnimationFrame);

  window.openConversation = async () => {
    const start = performance.now();
    open();
    while (!isReadable(newest(), area())) await nextFrame();
    await nextFrame(); // by now, the frame before this one has been painted
    return performance.now() - start;
  };

  window.scrollUp = async (pixelsPerFrame) => {
    const box = area();
    const frames: number[] = [];
    if (!box) return frames;
    let last = await nextFrame();
    // At the top, older messages may still be loading. The beginning is reached if none arrive for half a second.
    for (let still = 0; still < 30; still = box.scrollTop > 0 ? 0 : still + 1) {
      box.scrollTop -= pixelsPerFrame;
      const now = await nextFrame();
      frames.push(now - last);
      last = now;
    }
    return frames;
  };
}

function isReadable(newest: Element | null | undefined, area: Element | null | undefined): boolean {
  if (!newest || !area || !newest.textContent.includes("theend")) return false;
  const { bottom, height } = newest.getBoundingClientRect();
  const frame = area.getBoundingClientRect();
  return height > 0 && bottom > frame.top && bottom <= frame.bottom + 60;
}
