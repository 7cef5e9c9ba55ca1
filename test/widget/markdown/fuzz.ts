/** Returns the same numbers for the same seed, so that a failing seed can be run again. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const pieces = [
  "word",
  "other words",
  "a",
  "1",
  "24",
  "é",
  "文字",
  "مرحبا",
  "🎉",
  " ",
  " ",
  " ",
  "  ",
  "    ",
  "\t",
  "\n",
  "\n",
  "\n",
  "\n\n",
  "\r\n",
  "*",
  "*",
  "**",
  "***",
  "_",
  "__",
  "~",
  "~~",
  "~~~",
  "`",
  "``",
  "```",
  "```js\n",
  "\n```\n",
  "$",
  "$",
  "$$",
  "\n$$\n",
  "\\(",
  "\\)",
  "\\[",
  "\\]",
  "\\",
  "\\*",
  "[",
  "]",
  "](",
  "][",
  "![",
  "(",
  ")",
  "<",
  ">",
  "> ",
  "\n> ",
  "\n>> ",
  "- ",
  "\n- ",
  "\n  - ",
  "\n* ",
  "+ ",
  "1. ",
  "\n2. ",
  "\n10) ",
  "- [ ] ",
  "\n- [x] ",
  "[ ]",
  "# ",
  "\n## ",
  "\n#",
  "\n===\n",
  "\n---\n",
  "---",
  "***\n",
  "|",
  "| a | b |\n|---|---|\n",
  "\n| c | d |",
  "|:-:|",
  "\n|-|-|\n",
  "[foo]",
  "[foo]: /url 'title'\n",
  "\n[bar]: <x>\n",
  "[^1]",
  "\n[^1]: note ",
  "\n[^x]: ",
  "[^x]",
  "[text](/url)",
  '[a](http://b.c "t")',
  "![alt](http://i.j/k.png)",
  "<http://a.b>",
  "https://example.com/x",
  "www.example.com",
  "me@example.com",
  "&copy;",
  "&",
  "&#65;",
  "&amp",
  "<b>",
  "</b>",
  "<!--",
  "-->",
  "<script>alert(1)</script>",
  "javascript:alert(1)",
  "$x^2$",
  "$5",
  "\\(a+b\\)",
  "$$e=mc^2$$",
  ":",
  "'",
  '"',
  "!",
  "\0",
  "{{x}}",
  "$HOME/$USER",
  "$PATH so that ",
  "\\alpha$",
  "{",
  "}",
  " and then we ",
  "a$b",
  "注意",
  "，",
  "(税)",
  "https://",
  "页面",
  "&Dcaron;",
  "&rarrw",
  "\n  - a",
  "\n  1. b",
  "\n   ```\n",
  "\n    - ",
  "\u202E",
];

/** A document that looks like Markdown. */
export function randomDocument(random: () => number): string {
  return randomPieces(random, pieces, 1 + Math.floor(random() * 40));
}

/** A document of up to 4,000 characters. About half of the documents repeat a few pieces, which makes parsers slow. */
export function randomLongDocument(random: () => number): string {
  const isOfFew = random() < 0.5;
  const few = Array.from({ length: 1 + Math.floor(random() * 6) }, () => pieces[Math.floor(random() * pieces.length)]);
  const length = 1 + Math.floor(random() * 4_000);
  return randomPieces(random, isOfFew ? few : pieces, length).slice(0, length);
}

function randomPieces(random: () => number, from: readonly (string | undefined)[], length: number): string {
  return Array.from({ length }, () => from[Math.floor(random() * from.length)]).join("");
}

/** The document as it grows, in random chunks. */
export function randomSteps(text: string, random: () => number): string[] {
  const steps: string[] = [];
  for (let end = 0; end < text.length;) {
    end = Math.min(text.length, end + 1 + Math.floor(random() ** 2 * 12));
    steps.push(text.slice(0, end));
  }
  return steps;
}
