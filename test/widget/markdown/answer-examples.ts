import type { Example } from "./spec-examples.ts";

/** What models write, and how a reader wants to see it: formulas, and what both specifications leave open. */
const pairs: readonly (readonly [markdown: string, html: string])[] = [
  ["$$\nx = 1\n$$.\n\nwhere\n", "<div>x = 1 .</div><p>where</p>"],
  ["$$\nx = 1 $$ where\n\n> y\n", "<div>x = 1</div><p>where</p><blockquote><p>y</p></blockquote>"],
  ["\\[ x = 1 \\],\nwhere\n", "<div>x = 1 ,</div><p>where</p>"],
  ["- so\n  \\[\n  x\n  \\];\n- and\n", "<ul><li>so<div>x ;</div></li><li>and</li></ul>"],
  [
    "$$\\begin{aligned}\na &= b \\\\\n- c\n\\end{aligned}$$\nwhere\n",
    "<div>\\begin{aligned} a &amp;= b \\\\ - c \\end{aligned}</div><p>where</p>",
  ],
  ["So\n\\[ A = \\begin{matrix}\n1\n\\end{matrix} \\]\n", "<p>So</p><div>A = \\begin{matrix} 1 \\end{matrix}</div>"],
  ["$$a$$,$$b$$\n", "<p><span>a</span>,<span>b</span></p>"],
  ["$$ is the shell's number\n\nText\n", "<p>$$ is the shell's number</p><p>Text</p>"],
];

/** The examples, numbered behind GitHub's. */
export const answerExamples: readonly Example[] = pairs.map(([markdown, html], index) => ({
  number: 2000 + index,
  markdown,
  html,
}));
