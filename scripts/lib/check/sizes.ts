import { measureFirstAnswer } from "../measure-first-answer.ts";
import { brotliBytes, kib, measureWidget, printSizes, sizeLimits, sizeOf } from "../sizes.ts";

/**
 * Checks the size of what a browser really loads: `rivulet.js`, everything up to the end of a first answer, and what
 * sources add.
 */
export async function checkSizes(): Promise<string[]> {
  const { files, others } = await measureFirstAnswer();
  printSizes("first answer", files, true);
  const sources = measureWidget().filter(({ path }) => path.startsWith("chunks/sources-"));
  printSizes("sources", sources);
  return [
    ...exceeds("rivulet.js", sizeOf("rivulet.js").brotli, sizeLimits.scriptTag),
    ...exceeds("a first answer", brotliBytes(files), sizeLimits.firstAnswer),
    ...exceeds("what an answer's sources add", brotliBytes(sources), sizeLimits.sources),
    ...others.map((url) => `a first answer loads ${url}, which is not part of the widget`),
  ];
}

function exceeds(what: string, bytes: number, limit: number): string[] {
  if (bytes > 0 && bytes <= limit) return [];
  return [`${what}: ${kib(bytes)} after brotli; the limit is ${kib(limit)}`];
}
