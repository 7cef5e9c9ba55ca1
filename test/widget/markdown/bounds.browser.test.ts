import { expect } from "chai";
import { codeRegion, readNext } from "../../../widget/markdown/code-tokens.ts";
import { grammarOf } from "../../../widget/markdown/highlight-languages.ts";
import { runInSlices } from "../../../widget/markdown/slices.ts";
import { createRenderer } from "../support/create-renderer.ts";
import { until } from "../support/page.ts";
import { documentChars, parserDocuments } from "./built-documents.ts";

const mounted: Element[] = [];

function mount(): HTMLElement {
  const container = document.createElement("div");
  document.body.append(container);
  mounted.push(container);
  return container;
}

function render(text: string): HTMLElement {
  const container = mount();
  createRenderer(container).update(text, { isFinal: true });
  return container;
}

/** About 24,000 characters of CSS, for which the highlighter's rules look ahead, and HTML with a style sheet. */
const styles = "a:hover > b { color: #fff; margin: 0 auto; } /* words */\n".repeat(430);
const page = `<style>\n${styles.slice(0, 6_000)}</style>\n<p class="a">words</p>\n<!-- end -->\n`;

/** The colored ranges of a container's code, in order. */
function colored(container: Element): string[] {
  const [text] = [...(container.querySelector("code")?.childNodes ?? [])];
  return [...CSS.highlights]
    .flatMap(([name, ranges]) => [...ranges].map((range) => ({ name, range })))
    .filter(({ range }) => range.startContainer === text)
    .map(({ name, range }) => `${name} ${range.startOffset} ${range.endOffset}`)
    .toSorted();
}

/** Waits until the code's last token is colored. Tokens are read in order. @returns all colored ranges */
async function allColored(container: Element, code: string): Promise<string[]> {
  await until(() => colored(container).some((range) => range.endsWith(` ${code.trimEnd().length}`)));
  return colored(container);
}

describe("what a small answer can cost", () => {
  afterEach(() => {
    for (const element of mounted.splice(0)) element.remove();
  });

  it("has at most one element per character, and a thousand more", () => {
    const tooMany: string[] = [];
    for (const [name, text] of parserDocuments()) {
      const container = document.createElement("div");
      createRenderer(container, { isEnriched: false }).update(text, { isFinal: true });
      const elements = container.querySelectorAll("*").length;
      if (elements > documentChars + 1_100) tooMany.push(`${name}: ${elements}`);
    }
    expect(tooMany).to.deep.equal([]);
  }).timeout(120_000);

  it("ends a table's rows early when it asks for many cells that are not in the text, wherever the stream is cut", async () => {
    const text = `|a|b|c|\n|-|-|-|\n${"|1|\n".repeat(252)}`;
    const container = render(text);
    await until(() => container.querySelectorAll("tr").length === 253);
    const rows = container.querySelectorAll("tbody tr");
    expect(rows[249]?.childElementCount).to.equal(3);
    expect(rows[250]?.childElementCount).to.equal(1);
    const streamed = mount();
    const renderer = createRenderer(streamed);
    for (let end = 1; end < text.length; end += 3) renderer.update(text.slice(0, end), { isFinal: false });
    renderer.update(text, { isFinal: true });
    await until(() => streamed.querySelectorAll("tr").length === 253);
    expect([...streamed.querySelectorAll("tr")].map(({ childElementCount }) => childElementCount)).to.deep.equal([
      3,
      ...[...rows].map(({ childElementCount }) => childElementCount),
    ]);
  });

  it("shows many blocks and cells in several tasks", async () => {
    const container = render(`${"- a\n".repeat(1_000)}\n|a|b|\n|-|-|\n${"|1|2|\n".repeat(500)}`);
    expect(container.querySelectorAll("li").length).to.be.within(50, 150);
    await until(() => container.querySelectorAll("td").length === 1_000);
    expect(container.querySelectorAll("li").length).to.equal(1_000);
  });

  it("shows another text at once, whatever was still to be shown", async () => {
    const container = mount();
    const renderer = createRenderer(container);
    renderer.update("- a\n".repeat(1_000), { isFinal: true });
    renderer.update("words", { isFinal: true });
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(container.textContent).to.equal("words");
  });

  const refused: Record<string, string> = {
    "\\def": "\\def\\x{y}\\x",
    "\\gdef": "\\gdef\\x{y}\\x",
    "\\edef": "\\edef\\x{y}\\x",
    "\\xdef": "\\xdef\\x{y}\\x",
    "\\global\\def": "\\global\\def\\x{y}\\x",
    "\\long\\def": "\\long\\def\\x{y}\\x",
    "\\let": "\\let\\x=y\\x",
    "\\futurelet": "\\futurelet\\x yz",
    "\\newcommand": "\\newcommand{\\x}{y}\\x",
    "\\renewcommand": "\\renewcommand\\frac{y}\\frac",
    "\\providecommand": "\\providecommand\\x{y}\\x",
    "\\definecolor": "\\definecolor{x}{rgb}{1,0,0}\\color{x}y",
    "\\noexpand\\def": "\\noexpand\\def\\x{y}\\x",
    "a matrix of 450,000 cells": `\\begin{matrix}${"&".repeat(900)}${"\\\\".repeat(500)}\\end{matrix}`,
    "a deep nesting": `${"\\frac{1}{".repeat(50)}x${"}".repeat(50)}`,
    "a nesting behind braces that are comments": "\\frac{1}{%}\n".repeat(50) + "x" + "}".repeat(50),
    "a nesting behind braces that are arguments": `${"{\\char`}".repeat(50)}${"}".repeat(50)}`,
    "a long formula": "x".repeat(2_001),
    "many elements": "x'".repeat(990),
    "a long formula of chemistry": `\\ce{${"H2O + ".repeat(200)}}`,
  };

  it("shows a formula that defines commands, or that is too much work, as text", async () => {
    const container = render(
      [...Object.values(refused), "\\frac{1}{2}"].map((tex) => `$$\n${tex}\n$$`).join("\n\nwords\n\n"),
    );
    await until(() => [...container.querySelectorAll(".math")].at(-1)?.querySelector("math"));
    const shown = [...container.querySelectorAll(".math")].map((formula) => formula.querySelector("math") !== null);
    expect(shown).to.deep.equal([...Object.values(refused).map(() => false), true]);
  });

  it("renders formulas that look like them", async () => {
    const formulas = [
      "a \\\\ let",
      "\\left(\\frac{1}{2}\\right)",
      `\\begin{pmatrix}${"1&2&3\\\\".repeat(9)}\\end{pmatrix}`,
      "\\ce{2H2 + O2 -> 2H2O}",
      "50\\% x^{2}",
    ];
    const container = render(formulas.map((tex) => `$$\n${tex}\n$$`).join("\n\nwords\n\n"));
    await until(() => container.querySelectorAll("math").length === formulas.length);
  });

  it("renders many formulas in several tasks", async () => {
    const container = render("$\\frac{a}{b}$\n\n".repeat(900));
    await until(() => container.querySelector("math") !== null);
    expect(container.querySelectorAll("math").length).to.be.lessThan(900);
    await until(() => container.querySelectorAll("math").length === 900);
  }).timeout(60_000);

  it("renders the formulas of a paragraph up to a bound, wherever the stream is cut", async () => {
    const text = `${"*$x^{2}$* and ".repeat(300)}\n\nthe last $x$`;
    for (const stepChars of [text.length, 700]) {
      const container = mount();
      const renderer = createRenderer(container);
      for (let end = stepChars; end < text.length; end += stepChars) {
        renderer.update(text.slice(0, end), { isFinal: false });
        await new Promise((resolve) => setTimeout(resolve));
      }
      renderer.update(text, { isFinal: true });
      const shown = Math.floor(1_000 / (5 + 8)) + 2; // and the first one, which none precedes, and the last paragraph's
      await until(() => container.querySelectorAll("math").length === shown);
      await new Promise((resolve) => setTimeout(resolve, 50));
      expect(container.querySelectorAll("math").length).to.equal(shown);
      expect(container.querySelectorAll(".math").length).to.equal(301);
    }
  }).timeout(60_000);

  it("colors the start of a long line, and the next line", async () => {
    const line = "a{b:c;d:#fff} ".repeat(300);
    const code = `${line}\n${line}`;
    const container = render(`\`\`\`css\n${code}\n\`\`\``);
    const columns = () => colored(container).map((range) => Number(range.split(" ")[1]) % (line.length + 1));
    await until(() => columns().filter((column) => column < 10).length >= 2);
    await until(() => colored(container).some((range) => Number(range.split(" ")[1]) > line.length + 900));
    expect(Math.max(...columns())).to.be.within(900, 1_000);
  });

  it("spreads work over several tasks", async () => {
    let [steps, tasks] = [0, 0];
    const countTask = () => {
      tasks += 1;
      if (steps < 20) setTimeout(countTask);
    };
    runInSlices(() => {
      const end = performance.now() + 4;
      while (performance.now() < end);
      return (steps += 1) < 20;
    });
    expect(steps).to.be.lessThan(5);
    countTask();
    await until(() => steps === 20);
    expect(tasks).to.be.greaterThan(4);
  });

  it("reads code in short pieces, and long tokens as a whole", () => {
    const code = `${styles}/*${" long".repeat(1_000)} */\n${styles}`;
    const region = codeRegion(grammarOf("css") ?? [], 0, code.length);
    const ends: number[] = [];
    let longest = 0;
    for (let start = 0; start < code.length; start = region.start) {
      longest = Math.max(longest, region.windowChars);
      readNext(code, region);
      if (region.start > start) ends.push(region.start);
    }
    expect(ends.length).to.be.greaterThan(96);
    expect(ends.filter((end) => code[end - 1] !== "\n")).to.deep.equal([]);
    expect(longest).to.be.within(5_000, 7_000);
  });

  it("colors code with the same result however it arrived", async () => {
    for (const [language, code] of [
      ["css", styles],
      ["html", page],
    ] as const) {
      const text = `\`\`\`${language}\n${code}\`\`\``;
      const atOnce = render(text);
      const whole = await allColored(atOnce, code);
      atOnce.remove(); // only code in view is colored
      expect(whole.length, language).to.be.greaterThan(500);
      const streamed = mount();
      const renderer = createRenderer(streamed);
      for (let end = 1; end < text.length; end += 997) {
        renderer.update(text.slice(0, end), { isFinal: false });
        await new Promise((resolve) => setTimeout(resolve));
      }
      renderer.update(text, { isFinal: true });
      expect(await allColored(streamed, code), language).to.deep.equal(whole);
      streamed.remove();
    }
  }).timeout(60_000);
});
