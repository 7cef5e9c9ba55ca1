// Questions in another language than the documents, with a real worker and German documents in D1. The fault server
// plays the assistant's model, which translates the question.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openLocalDatabase } from "../../../scripts/lib/ingest/local-database.ts";
import { anthropicAnswer } from "../../fault-server/index.ts";
import { TestVisitor } from "../../support/client.ts";
import { foreignQuestions, ingestCollection, ownCollections } from "../../support/collections.ts";
import { makeFolder, removeFolder } from "../../support/worker.ts";
import { startRig, type Rig } from "../support/rig.ts";

const german = ownCollections().find(({ name }) => name === "de") ?? assert.fail("no German collection");
const contents = new Map(german.passages.map(({ id, content }) => [id, JSON.stringify(content).slice(1, -1)]));

let state: string;
let rig: Rig;

before(async () => {
  state = await makeFolder("other-language");
  const { database, close } = await openLocalDatabase("DOCUMENTS", state);
  await ingestCollection(database, german);
  await close();
  rig = await startRig({ entry: "test/worker/context-project/entry.ts", state });
});
after(async () => {
  await rig[Symbol.asyncDispose]();
  await removeFolder(state);
});

/** Asks a question as a new visitor. @returns the requests that the provider received, as text */
async function ask(question: string, ...answers: string[]): Promise<string[]> {
  rig.upstream.reset();
  rig.upstream.script(answers.map((text) => anthropicAnswer({ text })));
  await (await TestVisitor.arrive(rig.worker.url, "de")).ask(question);
  // A search result has one text block per sentence. This joins the blocks again.
  return rig.upstream.requests.map(({ text }) => text.replaceAll('"},{"type":"text","text":"', ""));
}

for (const { id, language, text, translation, passage } of foreignQuestions().questions) {
  test(`${language}, ${id}: the question is translated once, and its passage is in the request`, async () => {
    const [request = "", answer = "", ...more] = await ask(text, translation, "…");
    assert.match(request, /Translate the user's message into German/);
    assert.ok(request.includes(text) && answer.includes(text) && !answer.includes(translation));
    assert.ok(answer.includes(contents.get(passage) ?? assert.fail(passage)), answer);
    assert.deepEqual(more, []);
  });
}

test("a question that only asks for a code finds it without a translation", async () => {
  const [answer = "", ...more] = await ask("E21とは何ですか", "…");
  assert.ok(answer.includes(contents.get("fehler-e21") ?? assert.fail()), answer);
  assert.deepEqual(more, []);
});
