import type { Example } from "./spec-examples.ts";

/** Formulas, and what both specifications leave open: what models write, and what readers expect. */
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
  ["**注意：**这是**“重要”**的。\n", "<p><strong>注意：</strong>这是<strong>“重要”</strong>的。</p>"],
  [
    "これは**「重要」**です。**Python（パイソン）**は\n",
    "<p>これは<strong>「重要」</strong>です。<strong>Python（パイソン）</strong>は</p>",
  ],
  [
    '**주의:**반드시 **"중요"**한 **注意：**Please\n',
    '<p><strong>주의:</strong>반드시 <strong>"중요"</strong>한 <strong>注意：</strong>Please</p>',
  ],
  ["10~20元，30~40元, 1~2 and 3~4, H~2~O\n", "<p>10~20元，30~40元, 1~2 and 3~4, H~2~O</p>"],
  [
    "[https://a.example](https://a.example) [see https://a.example/?b[]=1]\n",
    '<p><a href="https://a.example">https://a.example</a> [see <a href="https://a.example/?b[]=1">https://a.example/?b[]=1</a>]</p>',
  ],
  [
    '(https://a.example/b) "https://a.example" “https://a.example” (a@b.example)\n',
    '<p>(<a href="https://a.example/b">https://a.example/b</a>) "<a href="https://a.example">https://a.example</a>" “<a href="https://a.example">https://a.example</a>” (<a href="mailto:a@b.example">a@b.example</a>)</p>',
  ],
  [
    "官网：https://a.example/文（推荐）。见 https://a.example，谢谢。邮箱：a@b.example。\n",
    '<p>官网：<a href="https://a.example/文">https://a.example/文</a>（推荐）。见 <a href="https://a.example">https://a.example</a>，谢谢。邮箱：<a href="mailto:a@b.example">a@b.example</a>。</p>',
  ],
  [
    "| a |\n|---|\n| one<br>two<br/>three |\n\nfour<br />\nfive <bridge>\n",
    "<table><thead><tr><th>a</th></tr></thead><tbody><tr><td>one<br>two<br>three</td></tr></tbody></table><p>four<br>five &lt;bridge></p>",
  ],
  ["Set $HOME or `$PATH`, ${a} or `${b}`\n", "<p>Set $HOME or <code>$PATH</code>, ${a} or <code>${b}</code></p>"],
];

/** The examples, numbered after GitHub's. */
export const answerExamples: readonly Example[] = pairs.map(([markdown, html], index) => ({
  number: 2000 + index,
  markdown,
  html,
}));
