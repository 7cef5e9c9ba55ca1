import { expect } from "chai";
import { emulateMedia } from "@web/test-runner-commands";
import type { Source } from "../../../protocol/index.ts";
import { markOnPage } from "../../../widget/sources/mark-page.ts";
import type { ViewContext } from "../../../widget/view/context.ts";
import { isChromium } from "../support/engine.ts";
import { until } from "../support/mount.ts";

let page: HTMLElement;

function show(markup: string): void {
  page = document.createElement("div");
  page.innerHTML = markup;
  document.body.append(page);
}

/** Shows words on the page, as a click on a source does. @returns what is marked */
async function mark(quotes: readonly string[], url = location.href): Promise<string[]> {
  CSS.highlights.clear();
  const panel = document.createElement("div");
  page.append(panel);
  const source: Source = { index: 1, id: "s", title: "Page" };
  await markOnPage(panel, { source, quotes, context: {} as ViewContext }, url);
  panel.remove();
  return [...(CSS.highlights.get("rivulet-chat-source") ?? [])].map(String);
}

const space = `<div style="height: 3000px"></div>`;
const isInView = (element: Element | null) => {
  const { top, bottom } = element?.getBoundingClientRect() ?? new DOMRect();
  return bottom > 0 && top < innerHeight;
};

describe("a click on a source of this page", function () {
  this.timeout(60_000);
  before(() => emulateMedia({ reducedMotion: "reduce" })); // so that the page scrolls without an animation
  after(() => (isChromium ? undefined : emulateMedia({ reducedMotion: "no-preference" })));
  afterEach(() => {
    page.remove();
    CSS.highlights.clear();
    scrollTo(0, 0);
  });

  for (const id of ["größe-prüfen", "返品について", "a%20b", "100%"]) {
    it(`scrolls to the section ${id} if the words are not there`, async () => {
      show(`${space}<h2>Here</h2>${space}`);
      const heading = page.querySelector("h2");
      if (heading) heading.id = id;
      await mark(["not on this page at all"], new URL(`#${id}`, location.href).href);
      await until(() => isInView(heading));
    });
  }

  const strange: [name: string, markup: string, quote: string, marked: string][] = [
    ["split by elements", "<p>The <b>wh<i>ole</i></b><sup>2</sup> Duo</p>", "The whole", "The whole"],
    ["in a table", "<table><tr><td>Duo<td>42 kg</table>", "Duo | 42 kg", "Duo42 kg"],
    [
      "beside hidden copies",
      "<p hidden>The Duo weighs 42</p><p>The Duo weighs 42</p>",
      "Duo weighs 42",
      "Duo weighs 42",
    ],
    ["in letters of two units", "<p>𝕋he 🌊 Duo</p>", "The 🌊 Duo", "𝕋he 🌊 Duo"],
    ["with ligatures", "<p>An eﬃcient ﬁx</p>", "efficient fix", "eﬃcient ﬁx"],
    ["beside scripts and comments", "<p>The <script>x()</script><!-- a -->Duo</p>", "The Duo", "The x()Duo"],
  ];
  for (const [name, markup, quote, marked] of strange) {
    it(`marks words ${name}`, async () => {
      show(markup);
      expect(await mark([quote])).to.deep.equal([marked]);
    });
  }

  it("reads a large page once, however many words are cited", async () => {
    const sentences = Array.from({ length: 4000 }, (_, at) => `<p>Sentence number ${at} of this page is here.</p>`);
    show(sentences.join(""));
    let reads = 0;
    const walk = document.createTreeWalker.bind(document);
    document.createTreeWalker = (...parts: Parameters<typeof walk>) => {
      reads += 1;
      return walk(...parts);
    };
    try {
      const quotes = Array.from({ length: 100 }, (_, at) => `Sentence number ${at * 37} of this page`);
      expect((await mark(quotes)).length).to.equal(100);
    } finally {
      Reflect.deleteProperty(document, "createTreeWalker");
    }
    expect(reads).to.equal(1);
  });
});
