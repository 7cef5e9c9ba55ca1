import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { it } from "node:test";
import { challenge, chat, forms, launcher, list } from "../../../widget/strings/en.ts";
import { at } from "../../../scripts/lib/root.ts";
import { bundleWidget, readBundle } from "../support/bundle.ts";

/** For each part, a text that no other part has. */
const texts = {
  launcher: launcher.loading,
  chat: chat.inputPlaceholder,
  list: list.yourDataText,
  forms: forms.replaces,
  challenge: challenge.needsVisitor,
};

it("the build loads each part of a language with the code that shows it", async () => {
  await bundleWidget();
  const chunks = readdirSync(at("dist/widget/chunks"));
  const partsOf = async (name: string) => {
    const file = name.endsWith(".js") ? name : `chunks/${chunks.find((chunk) => chunk.startsWith(`${name}-`))}`;
    const code = await readBundle(file);
    return Object.entries(texts).flatMap(([part, text]) => (code.includes(text) ? [part] : []));
  };
  assert.deepEqual(await partsOf("rivulet.js"), ["launcher"]);
  assert.deepEqual(await partsOf("chat"), ["chat"]);
  assert.deepEqual(await partsOf("conversation"), ["list"]);
  assert.deepEqual(await partsOf("forms"), ["forms"]);
  assert.deepEqual(await partsOf("challenge"), ["challenge"]);
});
