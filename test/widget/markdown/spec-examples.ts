/** An example of the CommonMark specification. */
export interface Example {
  number: number;
  markdown: string;
  html: string;
}

const pattern = /^`{32} example\n([^]*?)^\.\n([^]*?)^`{32}$/gm;

/** The examples of CommonMark 0.31.2, from the npm package `commonmark-spec`. */
export async function loadExamples(): Promise<Example[]> {
  const response = await fetch("/node_modules/commonmark-spec/spec.txt");
  return readExamples(await response.text());
}

/** The examples in the specification's text. */
export function readExamples(spec: string): Example[] {
  return [...spec.replaceAll("→", "\t").matchAll(pattern)].map(([, markdown = "", html = ""], index) => ({
    number: index + 1,
    markdown,
    html,
  }));
}

/** The examples in which the reference parser finds raw HTML. An answer shows raw HTML as text. */
const withRawHtml = new Set([
  21,
  31,
  ...range(148, 191),
  201,
  308,
  309,
  344,
  475,
  476,
  477,
  491,
  494,
  524,
  536,
  ...range(613, 617),
  623,
  ...range(625, 631),
  642,
  643,
]);

/** Whether an example contains raw HTML. */
export function holdsRawHtml({ number }: Example): boolean {
  return withRawHtml.has(number);
}

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
