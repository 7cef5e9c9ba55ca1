/** A text in Unicode form NFKC, and where its characters come from. */
export interface NormalizedText {
  text: string;
  /** @returns the place in the original text where the character at `index` starts, in UTF-16 units */
  startOf(index: number): number;
  /** @returns the place in the original text where the character before `index` ends, in UTF-16 units */
  endOf(index: number): number;
}

// Soft hyphens, zero-width spaces and joiners, and marks of direction: they are inside of words but not part of them.
const invisible = /[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]|[\ufe00-\ufe0f]/u;
const foreignDigit = /[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\u0e50-\u0e59]/u;
const changes = new RegExp(`${invisible.source}|${foreignDigit.source}`, "u");

/**
 * What NFKC changes as a unit: a base character with its marks (half-width kana have marks of their own), the letters
 * of one Korean syllable, or a single character.
 */
const cluster = /[\u1100-\u1112][\u1161-\u1175][\u11a8-\u11c2]?|\P{M}[\p{M}\uff9e\uff9f]+|[^\0-\x7f]/gu;

/**
 * Brings a text into the form that is compared: NFKC (so full-width letters, ligatures and decomposed accents become
 * the usual ones), invisible characters removed, digits of Arabic, Thai and Devanagari script as 0 to 9.
 */
export function normalize(original: string): NormalizedText {
  if (original.normalize("NFKC") === original && !changes.test(original)) {
    return { text: original, startOf: (index) => index, endOf: (index) => index };
  }
  let text = "";
  const starts: number[] = [];
  const ends: number[] = [];
  function copy(from: number, to: number): void {
    text += original.slice(from, to);
    for (let at = from; at < to; at += 1) {
      starts.push(at);
      ends.push(at + 1);
    }
  }
  let copied = 0;
  for (const match of original.matchAll(cluster)) {
    const replacement = normalizeCluster(match[0]);
    if (replacement === match[0]) continue;
    copy(copied, match.index);
    copied = match.index + match[0].length;
    text += replacement;
    for (let at = 0; at < replacement.length; at += 1) {
      starts.push(match.index);
      ends.push(copied);
    }
  }
  copy(copied, original.length);
  return {
    text,
    startOf: (index) => starts[index] ?? original.length,
    endOf: (index) => ends[index - 1] ?? 0,
  };
}

function normalizeCluster(text: string): string {
  const visible = invisible.test(text) ? text.replaceAll(new RegExp(invisible, "gu"), "") : text;
  if (foreignDigit.test(visible)) return String(digitValue(visible.charCodeAt(0)));
  return visible.normalize("NFKC");
}

/** The blocks of ten digits start at a multiple of 16, except for Devanagari's. */
function digitValue(unit: number): number {
  const isDevanagari = unit >= 0x0966 && unit <= 0x096f;
  return (unit & 0x0f) - (isDevanagari ? 6 : 0);
}
