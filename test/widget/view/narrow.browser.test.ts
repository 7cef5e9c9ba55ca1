// Tests every state in windows that are 320 px wide: one as high as a phone, and one as high as a desktop's at 400 %
// zoom. The text has the spacing of WCAG 1.4.12. It is in the longest texts of five languages, and in Arabic from right
// to left. Nothing may be cut off, and nothing may scroll in two directions.
import { expect } from "chai";
import type { RivuletChat } from "../../../widget/index.ts";
import { language as arabic } from "../../../widget/strings/ar.ts";
import type { Language } from "../../../widget/strings/strings.ts";
import { isChromium } from "../support/engine.ts";
import { longest } from "../support/longest-language.ts";
import { askAndWait, cleanUp, find, findAll, mountReady, part, speak, until } from "../support/mount.ts";
import { resizeUnseen, restoreWindow } from "../support/own-window.ts";
import { speakLanguage } from "../support/speak-language.ts";
import { restoreBrowser, states } from "../support/states.ts";

/** States that are needed here besides the states for all tests. */
const more: typeof states = {
  "the page": async () => {
    const chat = await mountReady({ assistant: "seeing", "page-context": "body" });
    const chip = await until(() => find(chat, "[part=page]"));
    chip.click();
    await until(() => find(chat, "[part=page-details]"));
    return chat;
  },
  "a preview": async () => {
    const chat = await mountReady();
    await askAndWait(chat, "with citations");
    await until(() => find(chat, "[part=card]") && find(chat, "[part=citation]"));
    part(chat, "citation").scrollIntoView();
    part(chat, "citation").click();
    await until(() => find(chat, "[part=preview]"));
    return chat;
  },
};

/** The text spacing of https://www.w3.org/TR/WCAG22/#text-spacing. Users set it with `!important`. */
const spacing = new CSSStyleSheet();
spacing.replaceSync(`
  * { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
  p { margin-block-end: 2em !important; }
`);

/** What may scroll sideways: code, tables, formulas, and a row of cards. WCAG 1.4.10 allows this for them. */
const wide = ".code, .table, .math, .cards, .page-text pre";

/** What ends with an ellipsis, and has its whole text elsewhere: in the name of the panel, or in a title. */
const shortened = ".names, .page-title, .entry-open, .path";

const phone = { width: 320, height: 640 };

/** A desktop of 1280 × 1024 px at 400 % zoom. */
const zoomed = { width: 320, height: 256 };

/**
 * Each language in each window. Each view differs from the one before only in its language or only in its size, so that
 * less has to be laid out again.
 */
const views = [
  { language: longest, size: phone },
  { language: longest, size: zoomed },
  { language: arabic, size: zoomed },
  { language: arabic, size: phone },
];

function problemsIn(chat: RivuletChat): string[] {
  const panel = part(chat, "panel").getBoundingClientRect();
  const { scrollWidth } = document.documentElement;
  const outside = scrollWidth > innerWidth ? [`the page is ${scrollWidth} px wide`] : [];
  const inside = findAll(chat, "[part=panel] *").flatMap((element) => {
    if (!element.checkVisibility() || element.closest(`${wide}, ${shortened}, .visually-hidden, svg, math`)) return [];
    const box = element.getBoundingClientRect();
    if (box.width === 0 || box.height === 0) return [];
    const { overflowX, overflowY, position } = getComputedStyle(element);
    const name = () => `${element.localName}.${element.className} "${element.textContent?.trim().slice(0, 40)}"`;
    const found: string[] = [];
    if (box.left < panel.left - 1 || box.right > panel.right + 1)
      found.push(`${name()} sticks out of the panel: ${box.left}–${box.right}`);
    const isWide = element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0;
    if (isWide && overflowX !== "visible") found.push(`${name()} is wider than its box: ${element.scrollWidth}`);
    const isCut = element.scrollHeight > element.clientHeight + 1 && element.clientHeight > 0;
    if (isCut && (overflowY === "hidden" || overflowY === "clip") && position !== "fixed")
      found.push(`${name()} is cut off: ${element.scrollHeight} of ${element.clientHeight}`);
    return found;
  });
  return [...outside, ...inside];
}

/** Changes the language of a chat in place, because some states take a while to reach. */
async function translate(chat: RivuletChat, language: Language): Promise<void> {
  document.documentElement.dir = language.chat.dir;
  chat.strings = language;
  await until(() => find(chat, `.frame[lang=${language.chat.lang}]`));
  await chat.updateComplete;
}

// Only Chromium changes the size of its window for a test.
(isChromium ? describe : describe.skip)("in a narrow window", () => {
  const parts = new Set<string>();

  before(() => speakLanguage(longest));
  afterEach(async () => {
    restoreBrowser();
    await cleanUp();
  });
  after(async () => {
    speak(undefined);
    document.documentElement.dir = "";
    await restoreWindow();
  });

  for (const [name, reach] of Object.entries({ ...states, ...more }))
    it(`${name} is whole`, async () => {
      document.documentElement.dir = "";
      const chat = await reach();
      for (const element of findAll(chat, "[part]")) for (const each of element.part) parts.add(each);
      if (!find(chat, "[part=panel]")) return; // only the launcher
      chat.shadowRoot?.adoptedStyleSheets.push(spacing);
      for (const { language, size } of views) {
        await resizeUnseen(size);
        await translate(chat, language);
        await new Promise(requestAnimationFrame);
        expect(problemsIn(chat), `${language.chat.lang}, ${size.height} px high`).to.deep.equal([]);
      }
    });

  it("has every part that the documentation names, and no other", async () => {
    const page = await (await fetch("/docs/theming.md")).text();
    const table = page.split("## Parts")[1]?.split("\n## ")[0] ?? "";
    const documented = [...table.matchAll(/^\| `([a-z-]+)`/gm)].map(([, name = ""]) => name);
    expect([...parts]).to.have.members(documented);
  });
});
