// What screen readers get, with a real worker: during an answer the live region says what docs/accessibility.md lists,
// in three languages; each part of an answer is announced once, even when the page is reloaded; and the order of the
// accessibility tree is the order on the screen.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import type { BrowserContextOptions, Page } from "playwright-core";
import { at } from "../../scripts/lib/root.ts";
import { anthropicAnswer, type Scenario } from "../fault-server/index.ts";
import { eventually } from "../support/eventually.ts";
import { fullAnswer, fullAnswerAnnounced } from "../widget/support/full-answer.ts";
import { speechStandIns } from "./keyboard-visitor.ts";
import { outOfOrder, readingOrder } from "./reading-order.ts";
import {
  answerInParts,
  ask,
  nextPart,
  notesSpeech,
  openPanel,
  saidOn,
  setStage,
  still,
  visit,
  type Stage,
} from "./stage.ts";

let stage: Stage;

before(async () => {
  const secret = `whsec_${Buffer.alloc(32).toString("base64")}`; // without it, the assistant has no handover
  const variables = { HANDOVER_URL: "http://127.0.0.1:9", HANDOVER_SECRET: secret };
  stage = await setStage({ assistant: "by-keyboard", variables });
  const full = stage.tag.replace(" async", ' data-mode="fullscreen" async');
  for (const [path, tag] of Object.entries({ de: stage.tag, ja: stage.tag, "en/full": full, "ar/full": full })) {
    const html = `<!doctype html><html lang="${path.slice(0, 2)}"><title>A shop</title>${tag}`;
    stage.site.pages.set(`/${path}`, { html });
  }
  const announcing = `<script>window.rivulet = { announce: new URL(location.href).searchParams.get("announce") };</script>`;
  const tag = stage.tag.replace('"by-keyboard"', '"anthropic"');
  const html = `<!doctype html><html lang="en"><title>A shop</title>${announcing}${tag}`;
  stage.site.pages.set("/announcing", { html });
});
after(() => stage.close());

/** Records what each live region says in `window.said`. Must run before the page's own scripts. */
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

/** A question, its answer in two parts, and the two questions that the model then suggests. */
interface Exchange {
  question: string;
  text: [string, string];
  next: [string, string];
}

/** What the live region also says after 10 s of silence, which can happen on a busy machine. */
function slowWords(lang: string): string {
  const [, words] = /stillWaiting: "(.+)"/.exec(readFileSync(at(`widget/strings/${lang}.ts`), "utf8")) ?? [];
  return words ?? assert.fail(lang);
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

/**
 * Answers each request with the exchange whose question it contains. The answer waits before its thoughts, its text and
 * its second part, until the test releases it.
 */
function answerInSteps(): void {
  stage.upstream.reset();
  stage.upstream.script(({ text }) => {
    const [lang, exchange] = Object.entries(exchanges).find(([, { question }]) => text.includes(question)) ?? [];
    assert.ok(lang && exchange);
    const [first, second] = exchange.text;
    const answer = anthropicAnswer({
      thinking: "A pot, or a bag?",
      blocks: [
        { text: [first], citations: [{ index: 0, text: "Tea is served at four." }] },
        { text: [second, suggest(text, exchange.next)] },
      ],
    });
    return [second, first, "A pot, or a bag?"].reduce(
      (held, words) => holdBefore(words, `${lang}: ${words}`, held),
      answer,
    );
  });
}

/** What a model writes to suggest questions, with the mark that a request asks for. */
function suggest(request: string, questions: readonly string[]): string {
  const mark = /<next-([a-z2-9]{6})>/.exec(request.slice(request.indexOf("After your answer")))?.[1] ?? "";
  return `\n<next-${mark}>\n${questions.join("\n")}\n</next-${mark}>`;
}

/** Makes an answer wait before the block of thoughts or text that contains these words. */
function holdBefore(words: string, hold: string, scenario: Scenario): Scenario {
  const piece = JSON.stringify(words).slice(1, -1);
  const sent = scenario.steps.map((step) => ("send" in step ? step.send : ""));
  const found = sent.findIndex((frame) => frame.includes(piece));
  assert.ok(found > 0, words);
  const start = sent.slice(0, found).findLastIndex((frame) => frame.includes("content_block_start"));
  return { ...scenario, steps: scenario.steps.toSpliced(start, 0, { hold }) };
}

async function open(
  path: string,
  { script = "", ...options }: BrowserContextOptions & { script?: string },
): Promise<Page> {
  const context = await stage.browser.newContext({ ...still, ...options });
  await context.addInitScript(speechStandIns + script);
  const page = await visit(context, stage.site, path);
  await openPanel(page);
  await page.locator("rivulet-chat .welcome:not(.loading)").waitFor();
  return page;
}

/**
 * Asks, and lets the answer continue each time the live region has announced what has arrived so far.
 * @returns everything that the live region said
 */
async function hear(lang: string, { question, text: [first, second] }: Exchange): Promise<string[]> {
  const page = await open(lang === "en" ? "/" : `/${lang}`, { script: notesLiveRegions });
  await ask(page, question);
  const said = async () => (await page.evaluate<string[]>("said")).filter((line) => !line.endsWith(slowWords(lang)));
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

/** For each language: a question, thoughts, an answer, and two suggested questions. */
const orders: Record<string, [string, string, string, string, string]> = {
  en: ["When is tea?", "Thirsty.", "Tea at four.", "Next one?", "Next two?"],
  ar: ["متى الشاي؟", "عطشان.", "الشاي في الرابعة.", "ما التالي؟", "ومن يخبز؟"],
};

for (const [lang, words] of Object.entries(orders))
  test(`the order of the accessibility tree is the order on the screen: ${lang}`, async () => {
    const [question, thinking, sentence, ...next] = words;
    stage.upstream.reset();
    stage.upstream.script(({ text }) => {
      const cited = { text: sentence, citations: [{ index: 0, text: "Tea is served at four." }] };
      return anthropicAnswer({
        thinking,
        blocks: [cited, { text: `\n\n\`\`\`sh\nkettle\n\`\`\`\n${suggest(text, next)}` }],
      });
    });
    // so large that nothing is scrolled out of view
    const page = await open(`/${lang}/full`, { viewport: { width: 1000, height: 1500 } });
    await ask(page, question);
    for (const part of [".citation", ".card", ".suggestion", ".handover-button"])
      await page.locator(`rivulet-chat ${part}`).first().waitFor();
    await page.locator("rivulet-chat .reasoning summary").press("Enter");
    await page.locator("rivulet-chat .thoughts").waitFor();
    const read = await readingOrder(page);
    const names = read.map(({ name }) => name);
    const wanted = [question, thinking, sentence, "kettle", ...next];
    assert.deepEqual(
      names.filter((name) => wanted.includes(name)),
      wanted,
    );
    assert.ok(read.findIndex(({ role }) => role === "textbox") > names.indexOf(next[1]));
    assert.deepEqual(outOfOrder(read, lang === "ar"), []);
    await page.context().close();
  });

/** Opens a page that records what is announced, and asks for an answer with every kind of Markdown. */
async function askForFullAnswer({ path = "/announcing", parts = 1 } = {}): Promise<Page> {
  answerInParts(stage.upstream, { text: fullAnswer.match(/[^]{1,6}/g) ?? [], parts });
  const page = await open(path, { script: notesSpeech });
  await ask(page, "How do I brew tea?");
  return page;
}

async function waitForWords(page: Page, words: string): Promise<void> {
  await eventually(async () => assert.ok((await saidOn(page)).includes(words), await saidOn(page)));
}

test("each part of an answer is announced once, in words: a fast answer", async () => {
  const page = await askForFullAnswer();
  await waitForWords(page, "The end.");
  assert.equal(await saidOn(page), fullAnswerAnnounced.join(" "));
  await page.context().close();
});

test("each part of an answer is announced once, in words: a reload during the answer", async () => {
  const page = await askForFullAnswer({ parts: 2 });
  await waitForWords(page, "Boil water.");
  await page.reload();
  await openPanel(page);
  await nextPart(stage.upstream);
  await waitForWords(page, "The end.");
  assert.equal(await saidOn(page), fullAnswerAnnounced.join(" "));
  await page.context().close();
});

test("a script tag can turn answer announcements off", async () => {
  const page = await askForFullAnswer({ path: "/announcing?announce=off" });
  await waitForWords(page, "ready.");
  assert.equal(await saidOn(page), "Answer ready.");
  await page.context().close();
});
