import type { Example } from "./spec-examples.ts";

/** Tables, task lists and strikethrough, after GitHub Flavored Markdown 0.29, sections 4.10, 5.3 and 6.5. */
const pairs: readonly (readonly [markdown: string, html: string])[] = [
  [
    "| foo | bar |\n| --- | --- |\n| baz | bim |\n",
    "<table><thead><tr><th>foo</th><th>bar</th></tr></thead><tbody><tr><td>baz</td><td>bim</td></tr></tbody></table>",
  ],
  [
    "| abc | defghi |\n:-: | -----------:\nbar | baz\n",
    '<table><thead><tr><th align="center">abc</th><th align="right">defghi</th></tr></thead><tbody><tr><td align="center">bar</td><td align="right">baz</td></tr></tbody></table>',
  ],
  [
    "| f\\|oo  |\n| ------ |\n| b `\\|` az |\n| b **\\|** im |\n",
    "<table><thead><tr><th>f|oo</th></tr></thead><tbody><tr><td>b <code>|</code> az</td></tr><tr><td>b <strong>|</strong> im</td></tr></tbody></table>",
  ],
  [
    "| abc | def |\n| --- | --- |\n| bar | baz |\n> bar\n",
    "<table><thead><tr><th>abc</th><th>def</th></tr></thead><tbody><tr><td>bar</td><td>baz</td></tr></tbody></table><blockquote><p>bar</p></blockquote>",
  ],
  [
    "| abc | def |\n| --- | --- |\n| bar | baz |\nbar\n\nbar\n",
    "<table><thead><tr><th>abc</th><th>def</th></tr></thead><tbody><tr><td>bar</td><td>baz</td></tr><tr><td>bar</td><td></td></tr></tbody></table><p>bar</p>",
  ],
  ["| abc | def |\n| --- |\n| bar |\n", "<p>| abc | def |\n| --- |\n| bar |</p>"],
  [
    "| abc | def |\n| --- | --- |\n| bar |\n| bar | baz | boo |\n",
    "<table><thead><tr><th>abc</th><th>def</th></tr></thead><tbody><tr><td>bar</td><td></td></tr><tr><td>bar</td><td>baz</td></tr></tbody></table>",
  ],
  ["| abc | def |\n| --- | --- |\n", "<table><thead><tr><th>abc</th><th>def</th></tr></thead></table>"],
  [
    "Before it\n| a | b |\n|:--|---|\n| 1 | 2 |\n",
    '<p>Before it</p><table><thead><tr><th align="left">a</th><th>b</th></tr></thead><tbody><tr><td align="left">1</td><td>2</td></tr></tbody></table>',
  ],
  [
    "- [ ] foo\n- [x] bar\n",
    '<ul><li><input disabled="" type="checkbox"> foo</li><li><input checked="" disabled="" type="checkbox"> bar</li></ul>',
  ],
  [
    "- [x] foo\n  - [ ] bar\n  - [x] baz\n- [ ] bim\n",
    '<ul><li><input checked="" disabled="" type="checkbox"> foo<ul><li><input disabled="" type="checkbox"> bar</li><li><input checked="" disabled="" type="checkbox"> baz</li></ul></li><li><input disabled="" type="checkbox"> bim</li></ul>',
  ],
  ["~~Hi~~ Hello, ~there~ world!\n", "<p><del>Hi</del> Hello, <del>there</del> world!</p>"],
  ["This ~~has a\n\nnew paragraph~~.\n", "<p>This ~~has a</p><p>new paragraph~~.</p>"],
  ["This will ~~~not~~~ strike.\n", "<p>This will ~~~not~~~ strike.</p>"],
];

/** The examples. Their numbers are higher than those of CommonMark's examples. */
export const gfmExamples: readonly Example[] = pairs.map(([markdown, html], index) => ({
  number: 1000 + index,
  markdown,
  html,
}));
