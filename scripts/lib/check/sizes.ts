import { measureWidget } from "../sizes.ts";

/** The most that a visitor's browser may have to download, in bytes after brotli. */
const limits = {
  /** On every page view, so that nobody has a reason not to embed it. */
  scriptTag: 5 * 1024,
  /** Everything that opening and a first answer load. */
  opening: 35 * 1024,
};

/** What only a code block, a formula, the list of conversations, a form or a challenge loads. */
const later = /^chunks\/(highlight|code|math|library|forms|challenge)/;

/** Checks that what a browser downloads stays small. */
export async function checkSizes(): Promise<string[]> {
  const sizes = measureWidget();
  const scriptTag = sizes.find(({ path }) => path === "rivulet.js")?.brotli ?? 0;
  const opening = sizes.filter(({ path }) => !later.test(path)).reduce((sum, { brotli }) => sum + brotli, 0);
  return [
    ...exceeds("rivulet.js", scriptTag, limits.scriptTag),
    ...exceeds("rivulet.js, panel.js and its chunks", opening, limits.opening),
  ];
}

function exceeds(what: string, bytes: number, limit: number): string[] {
  if (bytes > 0 && bytes <= limit) return [];
  return [`${what}: ${bytes} bytes after brotli, and the limit is ${limit}`];
}
