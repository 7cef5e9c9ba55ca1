/** Digits, with the separators inside of a number, a time, a date or a version. A group of three may follow a space. */
export const numberPattern = String.raw`\d{1,3}(?: \d{3})+(?!\d)|\d{1,2}h\d{2}(?![\d\p{L}])|\d+(?:[.,:'’]\d+)*`;

const grouped = /^\d{1,3}(?:(?:[.,'’ ]\d{3})+)$/u;
const groupedWithFraction = /^(?<whole>\d{1,3}(?<separator>[.,'’ ])\d{3}(?:\k<separator>\d{3})*)[.,](?<fraction>\d+)$/u;

/**
 * A number in one form, whatever its language: `1.000`, `1,000` and `1 000` are `1000`; `3,5` is `3.5`; `18:30` and
 * `18h30` are `18.30`. A version keeps its dots.
 */
export function normalizeNumber(written: string): string {
  if (grouped.test(written)) return written.replaceAll(/\D/gu, "");
  const parts = groupedWithFraction.exec(written)?.groups;
  if (parts) return `${parts["whole"]?.replaceAll(/\D/gu, "")}.${parts["fraction"]}`;
  const dotted = written.replaceAll(/\D/gu, ".");
  return dotted.includes(".") ? dotted.replace(/^0+(?=\d)/u, "") : dotted;
}
