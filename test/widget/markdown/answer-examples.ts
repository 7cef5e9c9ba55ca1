import type { Example } from "./spec-examples.ts";

/**
 * Formulas, and cases that CommonMark and GitHub Flavored Markdown leave open. Each pair is what models write and what
 * readers expect to see.
 */
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
  ...[
    "Use $HOME/$USER/bin as path, or $HOME/$(id), ${HOME}/${USER}, $HOME:$PATH and $HOME$USER.",
    "Tickers: $ABCD,$EFGH,$IJKL and ($MNOP/$QRST).",
    "Ke$ha and A$AP.",
    "50$+ tax, then 5$.",
    "Plan: $10+ per seat, or 15$ each; $5/month, 50$/year, $5-$10.",
    "In PHP $_GET/$_POST, $obj->name($x) and $a->$b",
    "变量$PATH和$HOME，价格是$5到$10之间，约100$到200$",
    "the $-sign, US$ and $$ is the number of a shell, echo $$ shows it",
  ].map((text) => [text, `<p>${text.replaceAll(">", "&gt;")}</p>`] as const),
  ["**$ABC** and **$DEF**", "<p><strong>$ABC</strong> and <strong>$DEF</strong></p>"],
  [
    "H$_2$O, 10$\\mu$m, 50$\\pm$3, the $n$th, $k$-means, $x$/$y$, $[0,1]$ and $2x + 1$",
    "<p>H<span>_2</span>O, 10<span>\\mu</span>m, 50<span>\\pm</span>3, the <span>n</span>th, <span>k</span>-means, <span>x</span>/<span>y</span>, <span>[0,1]</span> and <span>2x + 1</span></p>",
  ],
  [
    "函数$f(x)$的，함수 $f$는 $\\text{if and only if } x$ and $速度 = 距离 / t$",
    "<p>函数<span>f(x)</span>的，함수 <span>f</span>는 <span>\\text{if and only if } x</span> and <span>速度 = 距离 / t</span></p>",
  ],
  ...[
    "请访问<https://example.com/docs>。谢谢",
    "詳細は<https://example.com/guide> をご覧ください。",
    "链接:<https://example.com/a>",
    "Website:<https://example.com/b> URL=<https://example.com/c>",
    "打开 <https://example.com/setup>页面，然后继续。",
    "<https://example.com/guide>를 참고, ดูที่<https://example.com/docs>นะ",
    "<https://ja.wikipedia.org/wiki/東京タワー> を <https://例え.jp/> で",
    "见<https://example.com/b>、<https://example.com/c>和<https://example.com>。",
    "以https://开头的网址，xhttps://example.com",
    "<https://example.com>——这是 <https://example.com/f>…",
    "联系<a@b.example>。邮箱:<c@d.example>，Email:<e@f.example> postgres://user:pass@db.example/x",
  ].map((text): readonly [string, string] => [
    text.replace(/[<>]/g, ""),
    `<p>${text.replace(/<([^>]*)>/g, (_, to: string) => `<a href="${to.includes("@") ? "mailto:" : ""}${to}">${to}</a>`)}</p>`,
  ]),
  ["**料金(税込)**100円です。\n", "<p><strong>料金(税込)</strong>100円です。</p>"],
  ["**注意:**API 密钥\n", "<p><strong>注意:</strong>API 密钥</p>"],
  [
    "支持**“JSON”**API。使用API**“XML”**格式\n",
    "<p>支持<strong>“JSON”</strong>API。使用API<strong>“XML”</strong>格式</p>",
  ],
  [
    "~~料金(税込)~~100円 **𠮷(x)**1 **คำเตือน:**โปรด\n",
    "<p><del>料金(税込)</del>100円 <strong>𠮷(x)</strong>1 <strong>คำเตือน:</strong>โปรด</p>",
  ],
  ["而 5 * 3 和 foo_bar_baz (**bold**) 是\n", "<p>而 5 * 3 和 foo_bar_baz (<strong>bold</strong>) 是</p>"],
  [
    "1. one\n  - two\n    - three\n  - four\n2. five\n  * six\n",
    "<ol><li>one<ul><li>two<ul><li>three</li></ul></li><li>four</li></ul></li><li>five<ul><li>six</li></ul></li></ol>",
  ],
  [
    "1. one\n  1. two\n  2. three\n2. four\n\n10. five\n  - six\n",
    "<ol><li><p>one</p><ol><li>two</li><li>three</li></ol></li><li><p>four</p></li><li><p>five</p><ul><li>six</li></ul></li></ol>",
  ],
  [
    "1. one:\n  ```js\n  a\n    b\n  ```\n2. two\n",
    '<ol><li>one:<pre><code class="language-js">a\n  b\n</code></pre></li><li>two</li></ol>',
  ],
  ["1. one\n  2. two\n  ---\n", "<ol><li>one</li><li>two</li></ol><hr>"],
  ["Rare: &Dcaron; &rarrw; &CounterClockwiseContourIntegral; &nosuch;\n", "<p>Rare: Ď ↝ ∳ &amp;nosuch;</p>"],
];

/** The examples. Their numbers are higher than those of CommonMark's and GitHub's examples. */
export const answerExamples: readonly Example[] = pairs.map(([markdown, html], index) => ({
  number: 2000 + index,
  markdown,
  html,
}));
