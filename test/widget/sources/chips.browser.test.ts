import { expect } from "chai";
import { html, render } from "lit";
import type { ChatEvent, Source } from "../../../protocol/index.ts";
import { reduceAnswer } from "../../../widget/conversation/reduce-answer.ts";
import type { AnswerState } from "../../../widget/conversation/state.ts";
import { chips } from "../../../widget/sources/chips.ts";
import { english as strings } from "../../../widget/strings/languages.ts";
import { answerText } from "../../../widget/view/answer-text.ts";
import type { ViewContext } from "../../../widget/view/context.ts";
import { knowMarkdown } from "../support/know-markdown.ts";
import { createRenderer } from "../support/create-renderer.ts";
import { answerExamples } from "../markdown/answer-examples.ts";
import { gfmExamples } from "../markdown/gfm-examples.ts";
import { loadExamples } from "../markdown/spec-examples.ts";
import { shape } from "../markdown/stream.ts";

const sources: Source[] = [1, 2, 3].map((index) => ({ index, id: `s${index}`, title: `Page ${index}` }));

const empty: AnswerState = {
  ...{ role: "assistant", id: "a", replyTo: "q", content: "", createdAt: 0, status: "running", seq: 0 },
  ...{ citations: [], sources: [], warnings: [], versions: [] },
};

/** The part of the view's data that chips need. */
const context = { strings, pageLang: "en" } as ViewContext;

/** An answer that was read from a text in which a mark like `⟦1⟧` is where a citation belongs. */
interface Written {
  content: string;
  citations: { index: number; at: number }[];
}

function read(marked: string): Written {
  const citations: Written["citations"] = [];
  let content = "";
  for (const piece of marked.split(/(⟦\d⟧)/)) {
    const index = /^⟦(\d)⟧$/.exec(piece)?.[1];
    if (index) citations.push({ index: Number(index), at: content.length });
    else content += piece;
  }
  return { content, citations };
}

/**
 * The events of an answer: a delta for each character, and the citations.
 * @param isLate whether the citations follow the whole text; otherwise, each is where it belongs
 */
function eventsOf({ content, citations }: Written, isLate = false): ChatEvent[] {
  const events: ChatEvent[] = [{ type: "sources", sources }];
  const cite = (at: number) => {
    for (const citation of citations) if (citation.at === at) events.push({ type: "citation", ...citation });
  };
  for (let at = 0; at < content.length; at += 1) {
    if (!isLate) cite(at);
    events.push({ type: "delta", content: content.charAt(at) });
  }
  if (isLate) for (const citation of citations.toReversed()) events.push({ type: "citation", ...citation });
  else cite(content.length);
  return events;
}

/** Shows an answer as a message does. */
function show(container: HTMLElement, answer: AnswerState): Element {
  const end = { isFinal: answer.status !== "running", isCutOff: false };
  render(html`<div ${answerText(answer.content, end, strings.answer)} ${chips(answer, context)}></div>`, container);
  const element = container.firstElementChild;
  if (!element) throw new Error("nothing was rendered");
  return element;
}

/** Shows the answer after each of the events at `cuts`, and then the complete answer. */
async function stream(events: readonly ChatEvent[], cuts: readonly number[]): Promise<Element> {
  const container = document.createElement("div");
  let answer = empty;
  for (const [at, event] of events.entries()) {
    answer = reduceAnswer(answer, event, 0);
    if (!cuts.includes(at)) continue;
    show(container, answer);
    await Promise.resolve();
  }
  const element = show(container, { ...answer, status: "complete", finishReason: "stop" });
  await Promise.resolve();
  return element;
}

/** The text of an element, with each chip as its number in brackets. */
function words(element: Element): string {
  const copy = document.createElement("div");
  copy.append(element.cloneNode(true));
  for (const chip of copy.querySelectorAll("[data-source]")) chip.replaceWith(`[${chip.getAttribute("data-source")}]`);
  for (const head of copy.querySelectorAll(".code-head")) head.remove();
  return copy.textContent;
}

/** An answer's content without regard to how text is divided into nodes. */
function plainShape(element: Element): string {
  element.normalize();
  return shape(element);
}

/** An answer without chips. */
function rendered(markdown: string): Element {
  const container = document.createElement("div");
  createRenderer(container, { isEnriched: false }).update(markdown, { isFinal: true });
  return container;
}

/** Each answer, and what it shows. */
const answers: [kind: string, marked: string, shown: string][] = [
  ["a paragraph", "It is 88 %.⟦1⟧ Really.⟦2⟧", "It is 88 %.[1] Really.[2]"],
  ["several at one place", "It is 88 %.⟦2⟧⟦1⟧⟦2⟧ Yes.", "It is 88 %.[1][2] Yes."],
  ["after a space", "It is 88 %. ⟦1⟧Really.", "It is 88 %.[1] Really."],
  ["within a word", "A bat⟦1⟧tery is good.", "A battery[1] is good."],
  ["at the end of a line", "One.⟦1⟧\nTwo.\n⟦2⟧Three.", "One.[1]\nTwo.[2]\nThree."],
  ["after a paragraph", "One.\n\n⟦1⟧Two.⟦2⟧\n\n", "One.[1]Two.[2]"],
  ["emphasis", "It is **true.**⟦1⟧ And *also⟦2⟧ this*.", "It is true.[1] And also[2] this."],
  ["within marks", "It is *⟦1⟧*true⟦2⟧** here.", "It is[1] true[2] here."],
  ["a list", "- one⟦1⟧\n- two⟦2⟧\n  - three⟦3⟧\n- ⟦1⟧four", "one[1]two[2]three[1][3]four"],
  ["a numbered list", "1. one ⟦1⟧\n\n2. two⟦2⟧\n", "one[1]two[2]"],
  ["a heading", "# One⟦1⟧\nTwo\n===⟦2⟧\n## ⟦3⟧Three ##\n", "One[1]Two[2][3]Three"],
  ["a quote", "> one⟦1⟧\n> two⟦2⟧\n", "one[1]\ntwo[2]"],
  [
    "a table",
    "| a | b |\n|---|--:|\n| one⟦1⟧ | two |⟦2⟧\n| ⟦3⟧three | four⟦1⟧ |\n\nEnd.⟦2⟧",
    "abone[1]two[2][3]threefour[1]End.[2]",
  ],
  ["code", "Use `a⟦1⟧b` or `c`⟦2⟧ now.⟦3⟧", "Use ab[1] or c[2] now.[3]"],
  [
    "a code block",
    "Use:\n\n```js\nconst a = 1;⟦1⟧\nrun();\n```⟦2⟧\n\nDone.⟦3⟧",
    "Use:const a = 1;\nrun();[1][2]Done.[3]",
  ],
  [
    "a link",
    "See [the gu⟦1⟧ide](https://example.com/⟦2⟧a), https://example.com/b⟦3⟧",
    "See the guide[1][2], https://example.com/b[3]",
  ],
  ["formulas", "So $x^2$⟦1⟧ and\n\n$$\na⟦2⟧\n$$\n\nEnd.⟦3⟧", "So x^2[1] anda[2]End.[3]"],
  ["entities", "A &rarr; B⟦1⟧ &amp;⟦2⟧ C.", "A → B[1] &[2] C."],
  [
    "text without spaces",
    "料金は100円です。⟦1⟧詳細はこちら⟦2⟧をご覧ください。",
    "料金は100円です。[1]詳細はこちら[2]をご覧ください。",
  ],
  ["a footnote", "One[^1].⟦1⟧\n\n[^1]: Note.\n\nTwo.⟦2⟧", "One1.[1]Two.[2]1Note."],
  ["a definition", "See [a].⟦1⟧\n\n[a]: https://example.com\n\nTwo.⟦2⟧", "See a.[1]Two.[2]"],
  ["a rule and tasks", "One.\n\n---\n⟦1⟧\n- [x] two⟦2⟧\n- [ ] three⟦3⟧", "One.[1] two[2] three[3]"],
  ["emoji", "Yes 🌊⟦1⟧ and 👩‍👩‍👧⟦2⟧.", "Yes 🌊[1] and 👩‍👩‍👧[2]."],
  ["an unknown source", "One.⟦9⟧ Two.⟦1⟧", "One. Two.[1]"],
  ["the start", "⟦1⟧One two.", "One[1] two."],
];

describe("chips", function () {
  this.timeout(120_000);
  before(knowMarkdown);

  for (const [kind, marked, shown] of answers) {
    it(`stand where the citation belongs: ${kind}`, async () => {
      const written = read(marked);
      const whole = await stream(eventsOf(written), []);
      expect(words(whole)).to.equal(shown);
    });

    it(`are the same wherever the stream is cut, and if they come late: ${kind}`, async () => {
      const written = read(marked);
      const events = eventsOf(written);
      const late = eventsOf(written, true);
      const all = events.map((_, at) => at);
      const wanted = shape(await stream(events, []));
      const different: unknown[] = [];
      for (const [name, list, cuts] of [
        ...all.map((cut) => [`cut at ${cut}`, events, [cut]] as const),
        ...all.map((cut) => [`late, cut at ${cut}`, late, [cut]] as const),
        ["one by one", events, all] as const,
        ["late, one by one", late, all] as const,
      ]) {
        const got = shape(await stream(list, cuts));
        if (got !== wanted) different.push({ name, got, wanted });
      }
      expect(different.slice(0, 3)).to.deep.equal([]);
    });
  }

  it("are those of the shown version, also where another version cited and this one does not", async () => {
    const versions = [
      "One.⟦1⟧\n\nTwo.⟦2⟧",
      "One.\n\nTwo.⟦3⟧",
      "One.\n\nTwo.",
      "One.⟦1⟧\n\nTwo.⟦2⟧\n\n```\na⟦3⟧\n```",
      "One.\n\nTwo.\n\n```\na\n```",
    ];
    const container = document.createElement("div");
    const shown: string[] = [];
    for (const [at, marked] of versions.entries()) {
      const events = eventsOf(read(marked));
      const answer = events.reduce((state, event) => reduceAnswer(state, event, 0), { ...empty, id: `a${at}` });
      const element = show(container, { ...answer, status: "complete", finishReason: "stop" });
      await Promise.resolve();
      shown.push(words(element));
    }
    expect(shown).to.deep.equal(["One.[1]Two.[2]", "One.Two.[3]", "One.Two.", "One.[1]Two.[2]a[3]", "One.Two.a"]);
  });

  it("change nothing else in any example, and are the same however it arrived", async () => {
    const different: unknown[] = [];
    for (const { number, markdown } of [...(await loadExamples()), ...gfmExamples, ...answerExamples]) {
      const positions = [0.2, 0.5, 0.8, 1].map((share) => Math.round(share * markdown.length));
      const citations = positions.map((at, index) => ({ index: (index % 3) + 1, at }));
      const events = eventsOf({ content: markdown, citations });
      const all = events.map((_, at) => at);
      const whole = await stream(events, []);
      const wanted = shape(whole);
      for (const list of [events, eventsOf({ content: markdown, citations }, true)]) {
        const got = shape(await stream(list, all));
        if (got !== wanted) different.push({ number, markdown, got, wanted });
      }
      for (const added of whole.querySelectorAll(".citations")) added.remove();
      whole.removeAttribute("data-ai-generated");
      if (plainShape(whole) !== plainShape(rendered(markdown))) different.push({ number, markdown, got: shape(whole) });
    }
    expect(different.slice(0, 5)).to.deep.equal([]);
  });
});
