/** Length of each document, in characters. A model writes about as much in a few seconds. */
export const documentChars = 4_000;

/** Repeats a unit between a beginning and an end, up to the length of a document. */
function repeat(unit: string, before = "", after = ""): string {
  return before + unit.repeat(Math.floor((documentChars - before.length - after.length) / unit.length)) + after;
}

/** Nests a pair as deep as a document can be. */
function nest(open: string, close: string, before = "", after = ""): string {
  const depth = Math.floor((documentChars - before.length - after.length - 1) / (open.length + close.length));
  return `${before}${open.repeat(depth)}x${close.repeat(depth)}${after}`;
}

/** Repeats a pair that is nested to a depth that the renderer still accepts. @param chars total length at most */
function nestOften(open: string, close: string, depth: number, chars: number, before = "", after = ""): string {
  const unit = `${open.repeat(depth)}x${close.repeat(depth)} `;
  return before + unit.repeat(Math.floor(chars / unit.length)) + after;
}

/** Marks that open something that is never closed, and marks that close something that was never opened. */
const repeated: readonly string[] = [
  "*", "**a", "*a ", "a* ", "*a_", "_a ", "__a ", "**a *b ", "*a **b ", "~", "~~a ", "~a ", "~~~a ", "*`a`", "**`a`*",
  "a*b", "*_~", "*(", ")*", "**注", "`", "`a ", "``a` ", "` a", "`a``b", "[", "[a", "[]", "[](", "[a](", "[a](b", "[a](<b",
  "[a](b \"", "[a](b '", "[a](b (", "[a](\\(", "[a](b\"c", "[a](  ", "[a]( \\", "[a][", "[a][b", "[a][\\[", "[a]: ", "[^", "[^1]",
  "[^a]", "![", "![a", "![a](", "![a](b", "![a](<b", "![a](b)", "[a](b)", "[[a](b)", "![[a](b)", "[![a](b)", "[*a](b)", "]",
  "](", "][", "](b)", "]: a\n", "<", "<a", "<a:", "<a:b", "<a@", "<a@b.", "<br", "<br>", "<!--", "<?", "<b a=\"", "<b a='", "</b",
  "\u0301", "a\u0301", "&", "&a", "&amp", "&amp;", "&#", "&#1", "&#x1;", "\\", "\\(", "\\[", "\\)", "\\(a", "\\[a", "\\(a\\[", "$", "$$", "$a", "$a ", "$$a",
  "$$a$", "$a\\$", "$1 ", "$a$", "$a\n", "https://", "https://a", "https://a.b/", "https://a.b ", "www.a", "www.a)", "www.a.",
  "www.a!", "\"www.a\"", "a@", "a@b", "a@b.c ", "a_a_@", "@a_", "a.a-", "(a", ")", "'", "\"a", "“a”", "（a）", "文，", "|", "| a ", "|\n",
  "a|b\n", "|-|\n", "> ", ">", ">\n", "> a\n", ">>>> a\n", "- ", "-\n", "- a\n", "- - - a\n", "* * * ", "+ a\n\n", "1. ", "1.\n",
  "1. a\n", "1) a\n2. b\n", "- [ ] a\n", "- [x]\n", "# ", "# a\n", "#\n", "a\n=\n", "a\n-\n", "---\n", "***\n", "```\n", "```a\n", "~~~\n", "````",
  "    a\n", "\t", "\ta\n", "a\n", "a  \n", "a\\\n", "\n", "a\n\n", " ", " \n", "  a\n", "- a\n  ", "\0", "\r\n", "é", "文字", "🎉", "مرحبا ", "a‮",
  "$$\n", "\\[\n", "$$\na\n$$\n", "[a]: b\n", "[a]\n", "[^a]: b\n", "[^a]: b\n\n", "{{x}}", "http://[", "www.a[b", "www.a&b", "www.a&b;",
]; // prettier-ignore

/** Pairs that are nested. */
const nested: readonly (readonly [open: string, close: string])[] = [
  ["*", "*"], ["**", "**"], ["*a ", " a*"], ["*`a` ", " `a`*"], ["_a ", " a_"], ["~a ", " a~"], ["[", "]"], ["[", "](a)"], ["![", "](a)"],
  ["![a", "](a)"], ["[![", "](a)](a)"], ["*[", "](a)*"], ["(", ")"], ["[a](", ")"], ["\"", "\""], ["<", ">"], ["> ", ""], ["- ", ""], ["1. ", ""],
  [">- ", ""], ["`", "`"], ["*_", "_*"],
]; // prettier-ignore

/** TeX that is nested, or repeated in a single formula. */
const nestedTeX: readonly (readonly [open: string, close: string])[] = [
  ["{", "}"], ["\\frac{", "}{2}"], ["\\frac{1}{", "}"], ["\\sqrt{", "}"], ["\\sqrt[", "]{2}"], ["x^{", "}"], ["x_{1}^{", "}"], ["\\left(", "\\right)"],
  ["\\begin{matrix}", "\\end{matrix}"], ["\\begin{cases}", "\\end{cases}"], ["\\text{", "}"], ["\\text{$", "$}"], ["\\overset{a}{", "}"],
  ["\\overbrace{", "}"], ["\\hat{", "}"], ["\\widehat{", "}"], ["\\mathbf{", "}"], ["\\binom{", "}{2}"], ["\\cancel{", "}"], ["\\fbox{", "}"], ["\\abs{", "}"],
  ["\\dv{", "}{x}"], ["\\qty(", ")"], ["\\ket{", "}"], ["\\Set{", "}"], ["\\substack{", "}"], ["\\pmb{", "}"], ["\\prescript{1}{2}{", "}"],
  ["\\xrightarrow{", "}"], ["\\raisebox{1em}{", "}"], ["\\color{red}{", "}"], ["\\mathchoice{", "}{}{}{}"], ["\\ce{", "}"], ["\\phantom{", "}"],
]; // prettier-ignore
const repeatedTeX: readonly string[] = [
  "x", "1", "1,", "+", "x'", "'", "x_1", "x^2 ", "\\sqrt ", "\\hat ", "\\not ", "\\dots ", "\\vdots ", "\\quad ", "\\Bigg(", "\\sum_{i}^{n}", "\\int ",
  "\\left(x\\right)", "\\frac12 ", "\\\\", "&", "&\\\\", "\\hline ", "\\text{a}", "\\mathbb{R}", "\\operatorname{a}", "\\tag{1}", "\\rule{9em}{9em}",
  "\\kern9em ", "\\ ", "\\color{red}", "\\ref{a}", "\\middle|", "\\over ", "é", "文", "%\n", "\\tiny ", "\\displaystyle ",
]; // prettier-ignore

/** Chemistry has a parser of its own. */
const chemistry: readonly string[] = ["H2O + ", "(", "->[a]", "^{2+}", "1", "A=B-C#D", "$a$"];

/** Code, by language. */
const code: readonly (readonly [language: string, line: string])[] = [
  ["css", "a{b:c;d:#fff}\n"], ["css", "a{"], ["css", "a:b(c),\n"], ["css", "/* a"], ["js", "const a = `b${c}`; // d\n"], ["js", "`${"], ["js", "/"], ["js", "'a"],
  ["js", "a(b => {\n"], ["ts", "type A<B> = C<D>;\n"], ["html", "<a b=\"c\">d</a>\n"], ["html", "<a"], ["html", "<script>a"], ["html", "<style>a{"], ["html", "<!--"],
  ["xml", "<a>"], ["json", "{\"a\":["], ["json", "\"a\": 1,\n"], ["py", "def a(b): # c\n"], ["py", "\"\"\"a"], ["py", "f'{a"], ["bash", "a=\"$(b)\" | c # d\n"], ["bash", "$("],
  ["sql", "SELECT a FROM b WHERE c = 'd';\n"], ["c", "#define A(b) b\n"], ["c", "int a = 0x1f; /* b */\n"], ["java", "@A class B<C> {}\n"], ["rs", "fn a<'b>() {}\n"],
  ["go", "func a() {}\n"], ["yaml", "a: b\n"], ["yaml", "- a: "], ["toml", "[a]\nb = 'c'\n"], ["ini", "[a]\nb=c\n"], ["diff", "+a\n-b\n"], ["docker", "RUN a && b\n"],
  ["regex", "(a|b)*"], ["regex", "[^a"], ["", "a\n"], ["unknown", "a "],
]; // prettier-ignore

/** Tables. Some of them ask for more cells than they have characters. */
const tables: readonly string[] = [
  `${"|a".repeat(500)}|\n${"|-".repeat(500)}|\n${"|\n".repeat(1_000)}`,
  `${"|a".repeat(100)}|\n${"|-".repeat(100)}|\n${"|\n".repeat(1_800)}`,
  `${"|a".repeat(900)}|\n${"|-".repeat(900)}|\n${"|\n".repeat(200)}`,
  repeat("|", "|a|b|\n|-|-|\n"),
  repeat("|a|b|\n", "|a|b|\n|-|-|\n"),
  repeat("|*a*|`b`|\n", "|a|b|\n|-|-|\n"),
  repeat("||||||||||\n", `${"|a".repeat(9)}|\n${"|-".repeat(9)}|\n`),
  repeat("|a|\n|-|\n|\n\n"),
  repeat(" |", "|a", "\n"),
  repeat("-|", "a|b\n|", "\n"),
  repeat("\\|", "|a|\n|-|\n|"),
  repeat("> |a|\n> |-|\n> |b|\n\n"),
  repeat("| $x$ | https://a.b |\n", "|a|b|\n|-|-|\n"),
];

/** Definitions, which would let a small formula expand without end. */
const macros: readonly string[] = [
  `\\def\\a{x}${"abcdefgh".replaceAll(/./g, (name) => `\\def\\${name}${name}{\\${name}\\${name}}`)}\\a`,
  ...["\\def\\x{", "\\gdef\\x{", "\\edef\\x{", "\\xdef\\x{", "\\newcommand{\\x}{", "\\providecommand\\x{", "\\renewcommand\\frac{"].map(
    (start) => `${start}${"y".repeat(1_900)}}${"\\x".repeat(450)}`,
  ),
  `\\let\\x\\frac${"\\x12".repeat(700)}`,
]; // prettier-ignore

/** Many backtick runs, each of a different length: none has a partner. */
const runs = Array.from({ length: 85 }, (_, index) => "`".repeat(index + 1)).join(" ");

/** Labels of links. */
const labels = Array.from({ length: 320 }, (_, index) => `[${index.toString(36)}]`);

type Named = [name: string, text: string];

/** Documents that are slow for the parser, by name. None has more than {@link documentChars} characters. */
export function parserDocuments(): Map<string, string> {
  return named([
    ...repeated.map((unit): Named => [`repeated ${unit}`, repeat(unit)]),
    ...repeated
      .filter((unit) => unit.length <= 5)
      .map((unit): Named => [`repeated before a link: ${unit}`, repeat(unit, "", "a* ](b) `x` $")]),
    ...nested.map(([open, close]): Named => [`nested ${open} ${close}`, nest(open, close)]),
    ...tables.map((text, index): Named => [`table ${index}`, text]),
    ["backticks", `${runs} `],
    ["code that begins with a space", `\` ${"a".repeat(documentChars - 4)}\``],
    ["an address with brackets", `www.a${")".repeat(documentChars - 5)}`],
    ["a target of spaces", `[a](${" ".repeat(1_900)}x`],
    ["a heading of spaces", `# a${" ".repeat(documentChars - 4)}b`],
    ["a code line of spaces", `\`\`\`\na${" ".repeat(documentChars - 6)}b`],
    ["an indented line", `${" ".repeat(documentChars - 1)}a`],
    ["a delimiter row of spaces", `a\n-${" ".repeat(documentChars - 4)}a`],
    ["a fence that is none", `${"`".repeat(documentChars - 2)}a\``],
    ["an open bracket before links", `${"[".repeat(2_000)}${"[a](b)".repeat(330)}`],
    ["open images before links", `${"![".repeat(1_000)}${"[a](b)".repeat(330)}`],
    ["quotes and lists", repeat(`${"> - ".repeat(24)}a\n`)],
    ["lists without text", repeat(`${"- ".repeat(48)}\n`)],
    ["lists in lists", Array.from({ length: 80 }, (_, index) => `${" ".repeat(index)}- a`).join("\n")],
    ["many definitions", repeat("[a]: b\n")],
    ["references, then their definitions", `${labels.join(" ")}\n\n${labels.join(":a\n")}:a\n`],
  ]);
}

/** All documents that are built to be slow, by name, with formulas and code. */
export function builtDocuments(): Map<string, string> {
  return new Map([
    ...parserDocuments(),
    ...named([
      ...nestedTeX.flatMap(([open, close]): Named[] => [
        [`nested TeX ${open}`, nest(open, close, "$$\n", "\n$$")],
        [`often nested TeX ${open}`, nestOften(open, close, 12, 1_950, "$$\n", "\n$$")],
        [`deeply nested TeX ${open}`, nestOften(open, close, 15, 1_950, "$$\n", "\n$$")],
      ]),
      ...repeatedTeX.flatMap((unit): Named[] => [
        [`repeated TeX ${unit}`, `$$\n${unit.repeat(Math.floor(1_950 / unit.length))}\n$$`],
        [`long repeated TeX ${unit}`, repeat(unit, "$$\n", "\n$$")],
        [`matrix of TeX ${unit}`, matrix(unit)],
      ]),
      ...chemistry.flatMap((unit): Named[] => [
        [`chemistry ${unit}`, `$$\n\\ce{${unit.repeat(Math.floor(480 / unit.length))}}\n$$`],
        [`units ${unit}`, `$$\n\\pu{${unit.repeat(Math.floor(480 / unit.length))}}\n$$`],
        [`long chemistry ${unit}`, repeat(unit, "$$\n\\ce{", "}\n$$")],
        [`long units ${unit}`, repeat(unit, "$$\n\\pu{", "}\n$$")],
      ]),
      ...code.flatMap(([language, line]): Named[] => [
        [`code ${language} ${line}`, repeat(line, `\`\`\`${language}\n`, "\n```")],
        [`one line of code ${language} ${line}`, repeat(line.trimEnd(), `\`\`\`${language}\n`, "\n```")],
      ]),
      ...macros.map((tex, index): Named => [`macros ${index}`, `$$\n${tex}\n$$`]),
      ["many formulas", repeat("$\\frac{a}{b}$ ")],
      ["many display formulas", repeat("$$x^2$$\n\n")],
      ["many code blocks", repeat("```js\nlet a = 1;\n```\n")],
      ["wide matrix", `$$\n\\begin{matrix}${"&".repeat(900)}${"\\\\".repeat(500)}\\end{matrix}\n$$`],
    ]),
  ]);
}

function matrix(unit: string): string {
  return `$$\n\\begin{matrix}${`${unit}&`.repeat(Math.floor(1_900 / (unit.length + 1)))}\\end{matrix}\n$$`;
}

function named(list: readonly Named[]): Map<string, string> {
  return new Map(list.map(([name, text]) => [name, text.slice(0, documentChars)]));
}
