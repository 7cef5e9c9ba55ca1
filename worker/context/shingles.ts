/** The share of the shorter text's shingles that the other text must contain for the two to be nearly the same. */
const nearlyAll = 0.85;

/** All sequences of three words in a text, or of three characters in scripts without spaces, for comparing texts. */
export class Shingles {
  readonly #all: ReadonlySet<string>;

  constructor(text: string) {
    const words =
      text
        .normalize("NFKC")
        .toLowerCase()
        .match(/\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Thai}|[\p{L}\p{N}]+/gu) ?? [];
    const size = Math.min(3, words.length);
    this.#all = new Set(words.slice(0, words.length - size + 1).map((_, at) => words.slice(at, at + size).join(" ")));
  }

  /** Whether one of the two texts contains nearly all of the other. */
  isNearlySame(other: Shingles): boolean {
    const [fewer, more] = this.#all.size < other.#all.size ? [this.#all, other.#all] : [other.#all, this.#all];
    if (fewer.size === 0) return more.size === 0;
    let common = 0;
    for (const shingle of fewer) if (more.has(shingle)) common += 1;
    return common / fewer.size >= nearlyAll;
  }
}
