import { measureFirstAnswer } from "../measure-first-answer.ts";
import { brotliBytes, kib, measureWidget, printSizes, sizeLimits, sizeOf } from "../sizes.ts";

/**
 * Checks the size of what a browser really loads: `rivulet.js`, everything up to the end of a first answer, what
 * sources add, and each language.
 */
export async function checkSizes(): Promise<string[]> {
  const { files, others } = await measureFirstAnswer();
  printSizes("first answer", files, true);
  const sources = measureWidget().filter(({ path }) => path.startsWith("chunks/sources-"));
  printSizes("sources", sources);
  const languages = measureWidget().filter(({ path }) => /^chunks\/[a-z]{2}-/.test(path));
  printSizes("languages", languages);
  return [
    ...exceeds("rivulet.js", sizeOf("rivulet.js").brotli, sizeLimits.scriptTag),
    ...exceeds("a first answer", brotliBytes(files), sizeLimits.firstAnswer),
    ...exceeds("what an answer's sources add", brotliBytes(sources), sizeLimits.sources),
    ...languages.flatMap(({ path, brotli }) => exceeds(path, brotli, sizeLimits.language)),
    ...others.map((url) => `a first answer loads ${url}, which is not part of the widget`),
  ];
}

function exceeds(what: string, bytes: number, limit: number): string[] {
  if (bytes > 0 && bytes <= limit) return [];
  return [`${what}: ${kib(bytes)} after brotli; the limit is ${kib(limit)}`];
}
