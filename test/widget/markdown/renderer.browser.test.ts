import { expect } from "chai";
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

/** An answer with the chat's styles. */
function mountStyled(): HTMLElement {
  const root = mount().attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(answerStyles);
  root.adoptedStyleSheets.push(sheet);
  const container = document.createElement("div");
  container.className = "answer";
  root.append(container);
  return container;
}

/** Renders a text that still grows. */
function whileGrowing(text: string): HTMLElement {
  const container = document.createElement("div");
  createRenderer(container, { isEnriched: false }).update(text, { isFinal: false });
  return container;
}

/** WebKit does not break formulas, and does not support forced colors. */
const itOutsideWebKit = isWebKit ? it.skip : it;

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
  };
  for (const [text, words] of Object.entries(looks)) {
    it(`has no raw marks: ${JSON.stringify(text)}`, () => {
      expect(whileGrowing(text).textContent?.trim()).to.equal(words);
    });
  }

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

  const itUnlessDrawn = isFirefox || isWebKit ? it.skip : it; // these engines draw them natively
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
    // where the second part would start, the text looks like a block while it is written, and is none in the end
    const text = `${paragraphs.slice(0, 32).join("\n\n")}\n\n[label]: https://example.com\n`;
    const steps = [...text].map((_, index) => text.slice(0, index + 1));
    expect(streamed(steps)).to.deep.equal({ html: oneShot(text), replaced: 0 });
  });
});
