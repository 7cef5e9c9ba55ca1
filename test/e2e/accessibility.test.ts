// What screen readers get, with a real worker: what the live region says during one answer, in three languages, is what
// docs/accessibility.md says; and the order of the accessibility tree is the order on the screen.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import type { Page } from "playwright-core";
import { at } from "../../scripts/lib/root.ts";
import { anthropicAnswer, type Scenario } from "../fault-server/index.ts";
import { eventually } from "../support/eventually.ts";
import { speechStandIns } from "./keyboard-visitor.ts";
import { ask, openPanel, setStage, still, visit, type Stage } from "./stage.ts";

let stage: Stage;

before(async () => {
  stage = await setStage({ assistant: "by-keyboard" });
  for (const lang of ["de", "ja", "ar"])
    stage.site.pages.set(`/${lang}`, { html: `<!doctype html><html lang="${lang}"><title>A shop</title>${stage.tag}` });
});
after(() => stage.close());

/** Keeps what each live region says, in `window.said`. Runs before the page's own scripts. */
const notesLiveRegions = `{
  window.said = [];
  const { attachShadow } = Element.prototype;
  const note = (changes) => {
    for (const { target, addedNodes } of changes)
      if (target.ariaLive === "polite" || target.ariaLive === "assertive")
        for (const { textContent } of addedNodes) said.push(target.ariaLive + ", " + target.lang + ": " + textContent);
  };
  Element.prototype.attachShadow = function (init) {
    const root = attachShadow.call(this, init);
    new MutationObserver(note).observe(root, { childList: true, subtree: true });
    return root;
  };
}`;

/** A question, and an answer in two parts. */
interface Exchange {
  question: string;
  text: [string, string];
  next: [string, string];
}

const exchanges: Record<string, Exchange> = {
  en: {
    question: "How do I make tea?",
    text: [
      "## Tea for two\n\nBoil **fresh** water. Then see [the guide](https://example.com/tea).\n\n",
      "1. Warm the pot\n2. Wait\n\n| Tea | Minutes |\n|---|---|\n| green | 2 |\n\n```sh\nkettle --on\n```\n",
    ],
    next: ["Which tea is mild?", "Who bakes?"],
  },
  de: {
    question: "Wie koche ich Tee?",
    text: [
      "## Tee für zwei\n\nKochen Sie **frisches** Wasser. Lesen Sie dann [die Anleitung](https://example.com/tea).\n\n",
      "1. Kanne wärmen\n2. Warten\n\n| Tee | Minuten |\n|---|---|\n| grün | 2 |\n\n```sh\nkettle --on\n```\n",
    ],
    next: ["Welcher Tee ist mild?", "Wer backt?"],
  },
  ja: {
    question: "お茶の入れ方は？",
    text: [
      "## 二人分のお茶\n\n**新しい**水を沸かします。次に[手順](https://example.com/tea)を読んでください。\n\n",
      "1. ポットを温める\n2. 待つ\n\n| お茶 | 分 |\n|---|---|\n| 緑茶 | 2 |\n\n```sh\nkettle --on\n```\n",
    ],
    next: ["渋くないお茶は？", "お菓子はありますか？"],
  },
};

/** The question that a request ends with decides. Each answer waits before its thoughts, its text and its second part. */
function answerInSteps(): void {
  stage.upstream.reset();
  stage.upstream.script(({ text }) => {
    const [lang, exchange] = Object.entries(exchanges).find(([, { question }]) => text.includes(question)) ?? [];
    assert.ok(lang && exchange);
    const mark = /<next-([a-z2-9]{6})>/.exec(text.slice(text.indexOf("After your answer")))?.[1] ?? "";
    const [first, second] = exchange.text;
    const answer = anthropicAnswer({
      thinking: "A pot, or a bag?",
      blocks: [
        { text: [first], citations: [{ index: 0, text: "Tea is served at four." }] },
        { text: [second, `\n<next-${mark}>\n${exchange.next.join("\n")}\n</next-${mark}>`] },
      ],
    });
    return [second, first, "A pot, or a bag?"].reduce(
      (held, words) => holdBefore(words, `${lang}: ${words}`, held),
      answer,
    );
  });
}

/** Has an answer wait before the block of thoughts or text, or the piece within one, that contains these words. */
function holdBefore(words: string, hold: string, scenario: Scenario): Scenario {
  const piece = JSON.stringify(words).slice(1, -1);
  const sent = scenario.steps.map((step) => ("send" in step ? step.send : ""));
  const found = sent.findIndex((frame) => frame.includes(piece));
  assert.ok(found > 0, words);
  const start = sent.slice(0, found).findLastIndex((frame) => frame.includes("content_block_start"));
  return { ...scenario, steps: scenario.steps.toSpliced(start, 0, { hold }) };
}

async function open(lang: string, script = ""): Promise<Page> {
  const context = await stage.browser.newContext(still);
  await context.addInitScript(speechStandIns + script);
  const page = await visit(context, stage.site, lang === "en" ? "/" : `/${lang}`);
  await openPanel(page);
  await page.locator("rivulet-chat .welcome:not(.loading)").waitFor();
  return page;
}

/** Asks, and lets the answer continue whenever the live region has said what there is so far. */
async function hear(lang: string, { question, text: [first, second] }: Exchange): Promise<string[]> {
  const page = await open(lang, notesLiveRegions);
  await ask(page, question);
  const said = () => page.evaluate<string[]>("said");
  const hasSaid = (count: number) => eventually(async () => assert.equal((await said()).length, count));
  for (const [count, words] of ["A pot, or a bag?", first, second].entries()) {
    await eventually(() => assert.equal(stage.upstream.heldCount(`${lang}: ${words}`), 1));
    await hasSaid(count + 1);
    stage.upstream.release(`${lang}: ${words}`);
  }
  await hasSaid(5);
  const all = await said();
  await page.context().close();
  return all;
}

test("what the live region says during one answer is what the documentation says, in three languages", async () => {
  answerInSteps();
  const heard = await Promise.all(Object.entries(exchanges).map(([lang, exchange]) => hear(lang, exchange)));
  const documented = readFileSync(at("docs/accessibility.md"), "utf8");
  for (const [index, { question, text }] of Object.values(exchanges).entries()) {
    const block = `\`\`\`text\n${heard[index]?.join("\n")}\n\`\`\``;
    assert.ok(documented.includes(block), `${question}\n${text.join("")}\n${block}`);
  }
});
