import { expect } from "chai";
import { knowMarkdown } from "../support/know-markdown.ts";
import { createRenderer } from "../support/create-renderer.ts";
import { answerExamples } from "./answer-examples.ts";
import { gfmExamples } from "./gfm-examples.ts";
import { normalizeOurs, normalizeReference } from "./normalize.ts";
import { holdsRawHtml, loadExamples } from "./spec-examples.ts";

/** Where an answer differs from CommonMark's reference, and why. */
const differences: Record<number, string> = {
  297: "three spaces under `10)` are one too few, but models mean a nested list",
  608: "a bare address becomes a link, as on GitHub",
  611: "a bare address becomes a link, as on GitHub",
  612: "a bare mail address becomes a link, as on GitHub",
};

function render(markdown: string): HTMLElement {
  const container = document.createElement("div");
  createRenderer(container, { isEnriched: false }).update(markdown, { isFinal: true });
  return container;
}

describe("an answer's Markdown", () => {
  before(knowMarkdown);

  it("is CommonMark except for the listed differences", async () => {
    const examples = (await loadExamples()).filter((example) => !holdsRawHtml(example));
    const wrong = examples.filter(({ markdown, html }) => normalizeOurs(render(markdown)) !== normalizeReference(html));
    const unexpected = wrong.filter(({ number }) => !(number in differences));
    expect(examples.length).to.equal(580);
    expect(
      unexpected.map(({ number, markdown, html }) => ({
        number,
        markdown,
        ours: normalizeOurs(render(markdown)),
        wanted: normalizeReference(html),
      })),
    ).to.deep.equal([]);
    expect(examples.length - wrong.length).to.equal(576);
  });

  for (const { number, markdown, html } of gfmExamples) {
    it(`is GitHub Flavored Markdown: ${number}`, () => {
      expect(normalizeOurs(render(markdown))).to.equal(normalizeReference(html));
    });
  }

  for (const { markdown, html } of answerExamples) {
    it(`is what the author meant: ${JSON.stringify(markdown)}`, () => {
      expect(normalizeOurs(render(markdown))).to.equal(normalizeReference(html));
    });
  }

  it("ends code and headings with spaces and tabs, not with other white space", () => {
    const code = render("```\na\n```\u3000\nb\n``` \t\nc\n");
    expect(normalizeOurs(code)).to.equal(normalizeReference("<pre><code>a\n```\u3000\nb\n</code></pre><p>c</p>"));
    expect(render("# a #\u3000\n# b # \t\n").textContent).to.equal("a #b");
  });

  it("shows raw HTML as text", async () => {
    const allowed = new Set(
      "div,span,p,h1,h2,h3,h4,h5,h6,ul,ol,li,blockquote,pre,code,button,em,strong,del,a,br,hr,table,thead,tbody,tr,th,td,input,section".split(
        ",",
      ),
    );
    for (const { markdown } of (await loadExamples()).filter(holdsRawHtml)) {
      const names = [...render(markdown).querySelectorAll("*")].map(({ localName }) => localName);
      expect(names.filter((name) => !allowed.has(name))).to.deep.equal([]);
    }
  });
});
