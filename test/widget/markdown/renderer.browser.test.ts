import { expect } from "chai";
import { loadFormulas } from "../../../widget/markdown/formulas.ts";
import { richText } from "../../../widget/markdown/copy-answer.ts";
import { createRenderer } from "../support/create-renderer.ts";
import { answerStyles } from "../../../widget/styles/answer.ts";
import { isFirefox, isWebKit } from "../support/engine.ts";
import { until } from "../support/page.ts";
import { blocksOf, oneShot, streamed } from "./stream.ts";

const mounted: Element[] = [];

function mount(): HTMLElement {
  const container = document.createElement("div");
  document.body.append(container);
  mounted.push(container);
  return container;
}

function sheetOf(css: string): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  return sheet;
}

/** An answer with the chat's styles. */
function mountStyled(): HTMLElement {
  const root = mount().attachShadow({ mode: "open" });
  root.adoptedStyleSheets.push(sheetOf(answerStyles));
  const container = document.createElement("div");
  container.className = "answer";
  root.append(container);
  return container;
}

/** Renders a text that is still growing. */
function whileGrowing(text: string): HTMLElement {
  const container = document.createElement("div");
  createRenderer(container, { isEnriched: false }).update(text, { isFinal: false });
  return container;
}

/** WebKit does not break a formula into lines, and does not support forced colors. */
const itOutsideWebKit = isWebKit ? it.skip : it;

before(loadFormulas);

describe("half-written Markdown", () => {
  const looks: Record<string, string> = {
    "Some **bold wor": "Some bold wor",
    "Some **": "Some",
    "Some ~~struck": "Some struck",
    "It takes ~5 min": "It takes ~5 min",
    "这是**加粗": "这是加粗",
    "Some `co": "Some co",
    "See [the pa": "See the pa",
    "See [the page]": "See the page",
    "See [the page](https://exam": "See the page",
    'See [the page](https://example.com "ti': "See the page",
    "See ![a pict": "See a pict",
    "See <https://exa": "See",
    "One <br /": "One",
    "Set $HOME or `$PA": "Set $HOME or $PA",
    "Copyright &cop": "Copyright",
    "So $x^2 +": "So",
    "So \\(x^2 +": "So",
    "It costs $5 or": "It costs $5 or",
    "Words\n#": "Words",
    "Words\n\n- ": "Words",
    "Words\n\n- [x": "Words",
    "Words\n\n```java": "Words",
    "Words\n\n1.": "Words",
    "Words\n---": "Words",
    "Words\n\n$$\nx^2": "Words",
    "Words[^no": "Words",
    "Add it to $PATH so": "Add it to $PATH so",
    "把$PATH加入到环境变量中，然后": "把$PATH加入到环境变量中，然后",
    "$$ is the number": "$$ is the number",
    "\\[ see the docs": "[ see the docs",
    "\\(see the docs": "(see the docs",
    "So $HOME/$": "So",
    "So $\\text{the speed of": "So",
  };
  for (const [text, words] of Object.entries(looks)) {
    it(`has no raw marks: ${JSON.stringify(text)}`, () => {
      expect(whileGrowing(text).textContent?.trim()).to.equal(words);
    });
  }

  it("never waits long for the second dollar sign", () => {
    const text =
      "First add it to $PATH so that the shell can find it, then open a new terminal window and check that the program answers.";
    for (const source of [text, text.replace("$", "$$$$"), text.replace("$", "\\("), `$$$$ or ${text}`]) {
      const container = document.createElement("div");
      const renderer = createRenderer(container, { isEnriched: false });
      for (let end = 1; end <= source.length; end += 1) {
        renderer.update(source.slice(0, end), { isFinal: false });
        expect(container.textContent.length).to.be.at.least(end - 12, source.slice(0, end));
      }
    }
  });

  it("shows a table from its first row on", () => {
    const container = whileGrowing("| Bed | Rough");
    expect([...container.querySelectorAll("th")].map(({ textContent }) => textContent)).to.deep.equal(["Bed", "Rough"]);
  });

  it("keeps the nodes of a table, a list and a code block while they grow", () => {
    const container = mount();
    const renderer = createRenderer(container, { isEnriched: false });
    for (const text of ["| a | b |\n|---|---|\n| c | d |\n", "- one\n- two\n", "```js\nconst a = 1;\n"]) {
      renderer.update(text, { isFinal: false });
      const nodes = [...container.querySelectorAll("tr, li, code")];
      for (let end = 1; end < 20; end += 1)
        renderer.update(text + "| e | f | g | h | i |".slice(0, end), { isFinal: false });
      expect([...container.querySelectorAll("tr, li, code")].slice(0, nodes.length)).to.deep.equal(nodes);
    }
  });
});

describe("an answer that is cut off", () => {
  const looks: Record<string, string> = {
    "**Important words": "<p><strong>Important words</strong></p>",
    "Some **important words that": "<p>Some <strong>important words that</strong></p>",
    "*a **b ~~c `d": "<p><em>a <strong>b <del>c <code>d</code></del></strong></em></p>",
    "Some **": "<p>Some </p>",
    "# Some **bold": "<h1>Some <strong>bold</strong></h1>",
    "- one\n- **two": "<ul><li><p>one</p></li><li><p><strong>two</strong></p></li></ul>",
    "- one\n- ": "<ul><li><p>one</p></li></ul>",
    "> *quo": "<blockquote><p><em>quo</em></p></blockquote>",
    "| a | **b": "<div><table><thead><tr><th>a</th><th><strong>b</strong></th></tr></thead></table></div>",
    "| a |\n|---|\n| **b":
      "<div><table><thead><tr><th>a</th></tr></thead><tbody><tr><td><strong>b</strong></td></tr></tbody></table></div>",
    "See [the page](https://exam": "<p>See <a>the page</a></p>",
    "In array[0]": "<p>In array[0]</p>",
    "In array[0": "<p>In array[0</p>",
    "Is a <": "<p>Is a &lt;</p>",
    "A & B &am": "<p>A &amp; B &amp;am</p>",
    "So $x^2 +": "<p>So $x^2 +</p>",
    "It is\n\n42": "<p>It is</p><p>42</p>",
    "Words\n---": "<p>Words</p>",
    "Words\n\n```java": "<p>Words</p>",
    "**Done**\n\nand **on": "<p><strong>Done</strong></p><p>and <strong>on</strong></p>",
    "a **b\n": "<p>a <strong>b</strong></p>",
    "a **b\n\n": "<p>a **b</p>",
  };
  for (const [text, html] of Object.entries(looks)) {
    it(`keeps what it showed: ${JSON.stringify(text)}`, () => {
      const container = document.createElement("div");
      createRenderer(container, { isEnriched: false }).update(text, { isFinal: true, isCutOff: true });
      for (const element of container.querySelectorAll("*"))
        for (const name of element.getAttributeNames()) element.removeAttribute(name);
      expect(container.innerHTML).to.equal(html);
    });
  }
});

describe("an answer", () => {
  afterEach(() => mounted.splice(0).forEach((element) => element.remove()));

  it("is marked as AI-generated, also when it is copied", () => {
    const container = mount();
    createRenderer(container, { isEnriched: false }).update("Some `code`[^1]\n\n```js\na\n```\n\n[^1]: note", {
      isFinal: true,
    });
    expect(container.dataset["aiGenerated"]).to.equal("true");
    const html = richText(container);
    expect(html).to.include('data-ai-generated="true"');
    expect(html).to.include('<pre dir="ltr"><code>a</code></pre>');
    expect(html).not.to.match(/button|class=|part=|Copy/);
  });

  it("highlights code line by line without changing its nodes", async () => {
    const container = mount();
    const renderer = createRenderer(container);
    const text = "```js\nconst a = 1; // one\n/* two\n three */\nconst b = `x${a}`;\n```\n";
    renderer.update(text.slice(0, 40), { isFinal: false });
    await until(() => (CSS.highlights.get("rivulet-comment")?.size ?? 0) > 0);
    for (let end = 40; end < text.length; end += 3) renderer.update(text.slice(0, end), { isFinal: false });
    renderer.update(text, { isFinal: true });
    const code = container.querySelector("code");
    expect(code?.childNodes.length).to.equal(1);
    const words = (name: string) =>
      [...(CSS.highlights.get(name) ?? [])].map(({ startContainer, startOffset, endOffset }) =>
        startContainer.textContent?.slice(startOffset, endOffset).trim(),
      );
    await until(() => words("rivulet-keyword").includes("}")); // code is highlighted in short steps
    expect(words("rivulet-keyword")).to.deep.equal(["const", "const", "${", "}"]);
    expect(words("rivulet-comment")).to.deep.equal(["// one", "/* two\n three */"]);
  });

  it("highlights code that was rendered before it was added to a shadow tree", async () => {
    const host = mount();
    const root = host.attachShadow({ mode: "open" });
    const container = document.createElement("div");
    createRenderer(container).update("```py\nreturn 1\n```\n\n```py\nreturn 2\n```", { isFinal: true });
    root.append(container);
    const code = [...container.querySelectorAll("code")].map(({ firstChild }) => firstChild);
    const isColoured = (text: ChildNode | null) =>
      [...(CSS.highlights.get("rivulet-keyword") ?? [])].some(({ startContainer }) => startContainer === text);
    await until(() => code.every(isColoured));
    expect(root.adoptedStyleSheets.length).to.equal(1);
  });

  it("renders a formula once it is complete, and leaves other text alone", async () => {
    const container = mount();
    createRenderer(container).update("So $x^2$ and $\\notacommand{$ cost $5 or 10$.", { isFinal: true });
    await until(() => container.querySelector("math msup") !== null);
    expect(container.querySelectorAll("math").length).to.equal(1);
    expect(container.textContent).to.include("cost $5 or 10$.");
  });

  itOutsideWebKit("shows code in one color with forced colors, and not as if it were selected", async () => {
    const root = mount().attachShadow({ mode: "open" });
    const container = document.createElement("div");
    root.append(container);
    createRenderer(container).update("```js\nconst a = 1;\n```", { isFinal: true });
    await until(() => root.adoptedStyleSheets.length > 0);
    const rules = root.adoptedStyleSheets.flatMap(({ cssRules }) => [...cssRules]);
    const media = rules.map((rule) => (rule instanceof CSSMediaRule ? rule : undefined));
    expect(media.map((rule) => rule?.conditionText)).to.deep.equal([
      "(forced-colors: none)",
      "(forced-colors: active)",
    ]);
    // otherwise browsers paint each token like a selection
    expect(media[1]?.cssText).to.include("forced-color-adjust: none");
  });

  const itUnlessDrawn = isFirefox || isWebKit ? it.skip : it; // these engines draw a formula's lines natively
  itUnlessDrawn("shows the lines over, under and through a formula", async () => {
    for (const tex of ["\\overline{AB}", "\\underline{AB}", "\\fbox{AB}", "\\cancel{AB}"]) {
      const container = mount();
      createRenderer(container).update(`So $${tex}$.`, { isFinal: true });
      await until(() => container.querySelector("math menclose") !== null);
      const enclosed = container.querySelectorAll("menclose, menclose > .tml-cancel");
      const lines = [...enclosed].map((element) => getComputedStyle(element));
      expect(
        lines.some(({ borderWidth, backgroundImage }) => borderWidth !== "0px" || backgroundImage !== "none"),
      ).to.equal(true, tex);
    }
  });

  it("aligns the columns of a formula", async () => {
    const container = mount();
    createRenderer(container).update("$$\\begin{aligned} a + b &= c \\\\ d &= e + f \\end{aligned}$$", {
      isFinal: true,
    });
    await until(() => container.querySelector("mtd") !== null);
    const signs = [...container.querySelectorAll("mtd:nth-child(2)")].map((cell) => cell.getBoundingClientRect().left);
    const lefts = [...container.querySelectorAll("mtd:nth-child(1) > *")].map(
      (part) => part.getBoundingClientRect().right,
    );
    expect(Math.abs((lefts[0] ?? 0) - (lefts[1] ?? 9))).to.be.below(1);
    expect(Math.abs((lefts[0] ?? 0) - (signs[0] ?? 9))).to.be.below(2);
  });

  itOutsideWebKit("breaks an inline formula that is wider than its line", async () => {
    const container = mount();
    container.style.width = "12em";
    const tex = Array.from({ length: 9 }, (_, index) => `a_${index} x^${index}`).join(" + ");
    createRenderer(container).update(`So $f(x) = ${tex}$.`, { isFinal: true });
    await until(() => container.querySelector("math") !== null);
    const { right } = container.getBoundingClientRect();
    const parts = [...container.querySelectorAll("math *")].map((part) => part.getBoundingClientRect().right);
    expect(Math.max(...parts)).to.be.at.most(right);
  });

  it("gives each block the direction of its first letter, and code left-to-right", () => {
    const container = mount();
    createRenderer(container, { isEnriched: false }).update("مرحبا `x`\n\nHello\n\n- مرحبا\n\n```\nمرحبا\n```", {
      isFinal: true,
    });
    const directions = [...container.querySelectorAll("p:not(li p), li, pre, p > code")].map(
      (element) => getComputedStyle(element).direction,
    );
    expect(directions).to.deep.equal(["rtl", "ltr", "ltr", "rtl", "ltr"]);
  });

  it("orders the columns of a table as the answer begins, whatever its first letter", () => {
    for (const [text, direction] of [
      ["مرحبا\n\n||Duo وحده|\n|-|-|\n|مرحبا|1|", "rtl"],
      ["مرحبا\n\n```\nx\n```\n\n|Duo|\n|-|\n|x|", "rtl"],
      ["Hello\n\n|مرحبا|Hello|\n|-|-|\n|مرحبا|x|", "ltr"],
      ["|مرحبا|Duo|\n|-|-|\n|مرحبا|x|", "rtl"],
      ["```\nx\n```\n\n|مرحبا|Duo|\n|-|-|\n|مرحبا|x|", "rtl"],
    ] as const) {
      const container = mount();
      const renderer = createRenderer(container, { isEnriched: false });
      for (const end of text.matchAll(/$/gm)) renderer.update(text.slice(0, end.index), { isFinal: false });
      renderer.update(text, { isFinal: true });
      const table = container.querySelector("table") ?? container;
      expect(getComputedStyle(table).direction, text).to.equal(direction);
    }
  });

  it("leaves space for long numbers of list items", () => {
    const items = Array.from({ length: 100 }, (_, index) => `${index + 1}. Item`).join("\n");
    for (const [text, longest] of [
      ["1986. A year\n1987. The next", "1987. "],
      [items, "100. "],
    ] as const) {
      const container = mountStyled();
      createRenderer(container, { isEnriched: false }).update(text, { isFinal: true });
      const list = container.querySelector("ol") ?? container;
      const room = parseFloat(getComputedStyle(list).paddingInlineStart);
      const number = document.createElement("span");
      number.style.cssText = "white-space: pre; font-variant-numeric: tabular-nums";
      number.textContent = longest;
      container.append(number);
      expect(number.getBoundingClientRect().width).to.be.at.most(room);
    }
  });

  it("keeps short table cells on one line, and long ones wide enough", () => {
    const container = mountStyled();
    container.style.width = "9em";
    const words = "some words that need more than one line in a narrow place";
    createRenderer(container, { isEnriched: false }).update(`| a | b |\n|--|--:|\n| ${words} | 4.1 years |`, {
      isFinal: true,
    });
    const [long, short] = [...container.querySelectorAll("td")].map((cell) => {
      const { width } = cell.getBoundingClientRect();
      const text = document.createRange();
      text.selectNodeContents(cell);
      return { width, lines: new Set([...text.getClientRects()].map(({ top }) => Math.round(top))).size };
    });
    expect(short?.lines).to.equal(1);
    expect(long?.lines).to.be.above(1);
    expect(long?.width).to.be.at.least(6.5 * 0.9333 * 16 - 1);
  });

  it("leaves space for a task's checkbox in both directions", () => {
    const container = mountStyled();
    createRenderer(container, { isEnriched: false }).update("- [ ] مهمة\n\nText\n\n1. [x] Task", {
      isFinal: true,
    });
    for (const paragraph of container.querySelectorAll("li > p")) {
      const box = paragraph.querySelector("input")?.getBoundingClientRect();
      const words = document.createRange();
      words.selectNodeContents(paragraph.lastChild ?? paragraph);
      const text = words.getBoundingClientRect();
      expect(box && (box.right <= text.left || text.right <= box.left)).to.equal(true, paragraph.textContent);
    }
  });

  it("says where each link leads, whatever its title and its text say", () => {
    const container = mount();
    const text = [
      '[bank.example](https://evil.example/?a=1 "https://bank.example") ![b](https://evil.example/c "d")',
      "[e][f] https://evil.example/g <https://xn--bnk-hla.example> [h](/i) [j](mailto:k@l.example)",
      "[m](javascript:n)",
      "\n[f]: https://evil.example/f (https://bank.example)",
    ].join("\n");
    createRenderer(container, { isEnriched: false }).update(text, { isFinal: true });
    const links = [...container.querySelectorAll("a")];
    expect(links.map(({ title }) => title)).to.deep.equal([
      "https://evil.example/?a=1",
      "https://evil.example/c",
      "https://evil.example/f",
      "https://evil.example/g",
      "https://xn--bnk-hla.example/",
      new URL("/i", location.href).href,
      "mailto:k@l.example",
      "",
    ]);
    expect(links.map(({ title }) => title)).to.deep.equal(links.map(({ href }) => href));
  });

  it("has at most 20 combining marks on one letter", () => {
    const marks = "\u0301".repeat(4_000);
    const render = (source: string) => {
      const container = mountStyled();
      createRenderer(container, { isEnriched: false }).update(source, { isFinal: true });
      return container;
    };
    for (const source of [`a${marks}b`, `\`a${marks}b\``, `\`\`\`\na${marks}b\n\`\`\``]) {
      expect(
        render(source)
          .textContent?.trim()
          .endsWith(`a${marks.slice(0, 20)}b`),
        source.slice(0, 4),
      ).to.equal(true);
    }
    expect(render("ก็ n\u0303\u0301").textContent).to.equal("ก็ n\u0303\u0301");
  });

  it("is not turned around by bidirectional overrides", () => {
    const [embed, override, pop, isolate, end] = ["\u202B", "\u202E", "\u202C", "\u2067", "\u2069"];
    const container = mountStyled();
    const text = [
      `[${override}elpmaxe.knab${pop}](https://evil.example) ${override}abc &#x202E;d &#8238;e`,
      `| ${embed}f |\n|---|\n| ${override}g |`,
      `\`h${override}${isolate}i${end}\``,
      `\`\`\`${override}js\nif (${isolate}a${end} ${override}b) c\n\`\`\``,
      `# ${override}j`,
      `${isolate}שלום${end} k`,
    ].join("\n\n");
    const renderer = createRenderer(container, { isEnriched: false });
    for (let length = 1; length <= text.length; length += 1) {
      renderer.update(text.slice(0, length), { isFinal: false });
      expect(container.textContent).not.to.match(/[\u202A-\u202E]/);
    }
    renderer.update(text, { isFinal: true });
    const code = [...container.querySelectorAll("code, .language")].map(({ textContent }) => textContent);
    expect(code).to.deep.equal(["hi", "js", "if (a b) c"]);
    expect(container.querySelector("p:last-of-type")?.textContent).to.equal(`${isolate}שלום${end} k`);
    const link = container.querySelector("a") ?? container;
    expect(getComputedStyle(link).unicodeBidi).to.equal("isolate");
  });

  it("shows an address from left to right in right-to-left text", () => {
    const container = mountStyled();
    createRenderer(container, { isEnriched: false }).update(
      "ראו https://example.com/a/ או [כאן](https://example.com)",
      { isFinal: true },
    );
    const directions = [...container.querySelectorAll("p, a")].map((element) => getComputedStyle(element).direction);
    expect(directions).to.deep.equal(["rtl", "ltr", "rtl"]);
  });

  it("decodes rare entities once their table is loaded, and changes nothing else", async () => {
    const container = mount();
    const renderer = createRenderer(container);
    const text =
      "**A** &rarrw; b [c](https://d.example/?&Dcaron;) &nosuch; and [e][f]\n\n[f]: https://g.example/?&Dcaron;\n\n| &Zopf; |\n|-|";
    renderer.update(text.slice(0, 60), { isFinal: false });
    renderer.update(text, { isFinal: true });
    const [bold] = container.querySelectorAll("strong");
    expect(container.textContent).to.match(/^A &rarrw; b c &nosuch; and e/);
    await until(() => container.textContent.includes("A ↝ b c &nosuch; and e") && container.textContent.includes("ℤ"));
    const links = [...container.querySelectorAll("a")].map(({ href }) => decodeURI(href));
    expect(links).to.deep.equal(["https://d.example/?Ď", "https://g.example/?Ď"]);
    expect(container.querySelector("strong") === bold).to.equal(true);
  });

  it("does not bring the head of a code block along when it is copied by hand", () => {
    document.adoptedStyleSheets.push(sheetOf(answerStyles));
    const container = mount();
    container.className = "answer";
    createRenderer(container, { isEnriched: false }).update("Before\n\n```js\nconst a = 1;\n```\n\nAfter", {
      isFinal: true,
    });
    const selection = getSelection();
    selection?.selectAllChildren(container);
    const copied = String(selection);
    document.adoptedStyleSheets.pop();
    expect(copied.replace(/\s+/g, " ").trim()).to.equal("Before const a = 1; After");
  });

  it("goes to a footnote without changing the page's address", () => {
    const container = mount();
    createRenderer(container, { isEnriched: false }).update("Words[^1]\n\n[^1]: The note.", { isFinal: true });
    const { href } = location;
    container.querySelector("button")?.click();
    expect(document.activeElement?.textContent).to.include("The note.");
    expect(location.href).to.equal(href);
  });
});

describe("a long answer", () => {
  const paragraphs = Array.from({ length: 100 }, (_, index) => `Paragraph ${index}.`);

  it("groups its blocks into parts, which browsers can skip while they are off-screen", () => {
    const container = mount();
    createRenderer(container).update(paragraphs.join("\n\n"), { isFinal: true });
    const parts = [...container.children].filter(({ className }) => className === "part");
    expect(parts.map(({ children }) => children.length)).to.deep.equal([32, 32, 4]);
    expect(blocksOf(container).map(({ textContent }) => textContent)).to.deep.equal(paragraphs);
    expect(richText(container)).not.to.contain("<div><p>");
  });

  it("is the same in the end, however it arrived", () => {
    // The definition stands where the second part would start. While it arrives, it looks like a block, but it is not
    // one in the end.
    const text = `${paragraphs.slice(0, 32).join("\n\n")}\n\n[label]: https://example.com\n`;
    const steps = [...text].map((_, index) => text.slice(0, index + 1));
    expect(streamed(steps)).to.deep.equal({ html: oneShot(text), replaced: 0 });
  });
});
