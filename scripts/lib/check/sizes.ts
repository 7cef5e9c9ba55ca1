import { measureFirstAnswer } from "../measure-first-answer.ts";
import { brotliBytes, kib, printSizes, sizeLimits, sizeOf } from "../sizes.ts";

/** Checks the size of what a browser really loads: `rivulet.js`, and everything up to the end of a first answer. */
export async function checkSizes(): Promise<string[]> {
  const { files, others } = await measureFirstAnswer();
  printSizes("first answer", files, true);
  return [
    ...exceeds("rivulet.js", sizeOf("rivulet.js").brotli, sizeLimits.scriptTag),
    ...exceeds("a first answer", brotliBytes(files), sizeLimits.firstAnswer),
    ...others.map((url) => `a first answer loads ${url}, which is not part of the widget`),
  ];
}

function exceeds(what: string, bytes: number, limit: number): string[] {
  if (bytes > 0 && bytes <= limit) return [];
  return [`${what}: ${kib(bytes)} after brotli; the limit is ${kib(limit)}`];
}
