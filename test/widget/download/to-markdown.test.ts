import assert from "node:assert/strict";
import { it } from "node:test";
import { lexer } from "marked";
import { parse } from "yaml";
import { toMarkdown } from "../../../widget/download/to-markdown.ts";
import type { ConversationFile, FileMessage, FileQuestion } from "../../../widget/download/conversation-file.ts";
import { english } from "../../../widget/strings/languages.ts";

const createdAt = "2026-11-26T20:14:00.000Z";

const question = (content: string): FileQuestion => ({ role: "user", id: "q", createdAt, content });

const answer = (content: string, changes: object = {}): FileMessage => ({
  ...{ role: "assistant", id: "a", replyTo: "q", createdAt, content, status: "complete", citations: [], sources: [] },
  ...{ aiGenerated: true, digitalSourceType: "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia" },
  ...changes,
});

function markdownOf(messages: FileMessage[], title = "Hours", assistant = "Fin"): string {
  const head = { format: "rivulet-chat.conversation", version: 1, downloadedAt: createdAt, id: "c" } as const;
  const file: ConversationFile = { ...head, assistant: { id: "help", title: assistant }, title, messages };
  return toMarkdown(file, english);
}

/** The fields of the front matter, and the top-level blocks of the text below it. */
function read(markdown: string) {
  const [, yaml = "", body = ""] = /^---\n(.*?)\n---\n(.*)$/s.exec(markdown) ?? [];
  const blocks = lexer(body).filter(({ type }) => type !== "space");
  return { fields: Object(parse(yaml)), blocks, kinds: blocks.map(({ type }) => type).join(" ") };
}

it("questions and answers have their author, time, state and sources, and the file says that a model wrote parts", () => {
  const sources = [
    { index: 1, id: "1", title: "Opening [hours]", url: "https://example.com/a b?x=(1)" },
    { index: 2, id: "2", title: "The handbook" },
  ];
  const markdown = markdownOf([
    question("When are you open?"),
    answer("At **nine**.\n\n- daily", { sources }),
    answer("At ni", { status: "running" }),
    answer("", { status: "failed", errorCode: "provider_overloaded" }),
    answer("As far as", { finishReason: "length" }),
    { ...question("And on Sundays?"), isUndelivered: true },
  ]);
  const { fields, blocks } = read(markdown);
  const { title, assistant, aiGenerated, digitalSourceType } = fields;
  assert.deepEqual({ title, assistant, aiGenerated }, { title: "Hours", assistant: "Fin", aiGenerated: true });
  assert.match(digitalSourceType, /^http:\/\/cv\.iptc\.org\/newscodes\/digitalsourcetype\/compositeWithTrained/);
  assert.match(String(blocks[1]?.raw), /^## You · Nov 26, 2026, \d/);
  assert.match(String(blocks[3]?.raw), /^## Fin \(AI\) · Nov 26, 2026, \d/);
  assert.match(markdown, /\n> At \*\*nine\*\*\.\n>\n> - daily\n/);
  assert.match(
    markdown,
    /\n1\. \[Opening \\\[hours\\\]\]\(<https:\/\/example\.com\/a%20b\?x=\(1\)>\)\n2\. The handbook\n/,
  );
  for (const words of ["The assistant is typing", "very busy", "length limit", "Waiting for connection"])
    assert.match(markdown, new RegExp(`^\\*.*${words}.*\\*$`, "m"));
});

/** Texts that end, begin or continue something in Markdown, YAML or HTML. */
const hostile = [
  ..."# You ;## Fin (AI) · Nov 26, 2026, 8:14 PM;---;===;***;```;~~~js\n# x;    code;- item;1. one;> quote".split(";"),
  ..."<!-- ;<script>;<div>\n\n## You;| a |\n| - |;[a]: https://example.com;[^1]: note;\\;\t;\r## You\r;\r\n---\r\n".split(
    ";",
  ),
  ..."---\ntitle: other\n---;\u2028## You;\u0085# x;{% raw %};$$;a\n===;a\n---;> ```\n> # x;...;: definition".split(
    ";",
  ),
];

it("no text breaks out of its place", () => {
  for (const text of hostile) {
    const named = { index: 1, id: "1", title: text, url: "https://example.com/>)](x)" };
    const messages = [question(text), answer(text, { sources: [named] }), question(text), answer(text)];
    const { kinds, fields, blocks } = read(markdownOf(messages, text, text));
    assert.deepEqual([fields.title, fields.assistant], [text, text], JSON.stringify(text));
    const isBlank = text.trim() === "";
    const said = isBlank ? "heading" : "heading blockquote";
    assert.equal(kinds, `heading ${said} ${said} paragraph list ${said} ${said}`, JSON.stringify(text));
    for (const block of blocks) if (block.type === "list") assert.equal(block["items"].length, 1);
  }
});

it("a title in the front matter keeps each of its characters", () => {
  for (const title of [
    "🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F} tea",
    "👩\u200D🔬 a\u2028b\u0085c",
    "\u{1D173}",
  ])
    assert.equal(read(markdownOf([question("Hi")], title)).fields.title, title);
});
