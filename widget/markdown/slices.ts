/** The time after which work yields to the page, in milliseconds: half a frame, too short to be noticed. */
const sliceMs = 8;

/** A piece of work that takes a few milliseconds. @returns whether there is more of it */
type Step = () => boolean;

const waiting = new Set<Step>();
let usedMs = 0;
let isRunning = false;
let timer: ReturnType<typeof setTimeout> | undefined;

/**
 * Repeats a step until nothing is left to do: at once as long as this task has time, and otherwise in later tasks. The
 * time only decides when something is shown, never what.
 * @param step does a part of the work
 */
export function runInSlices(step: Step): void {
  waiting.add(step);
  if (timer === undefined) {
    timer = setTimeout(runNextSlice);
    usedMs = 0;
  }
  run();
}

/** Like {@link runInSlices}, but not in this task. */
export function runSoon(step: Step): void {
  waiting.add(step);
  timer ??= setTimeout(runNextSlice);
}

function runNextSlice(): void {
  usedMs = 0;
  timer = setTimeout(runNextSlice);
  run();
  if (waiting.size > 0) return;
  clearTimeout(timer);
  timer = undefined;
}

function run(): void {
  if (isRunning) return; // a step has added another one
  isRunning = true;
  try {
    for (const step of waiting) {
      if (usedMs >= sliceMs) return;
      const start = performance.now();
      waiting.delete(step);
      if (step()) waiting.add(step);
      usedMs += performance.now() - start;
    }
  } finally {
    isRunning = false;
  }
}
