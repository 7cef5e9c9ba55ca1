import assert from "node:assert/strict";
import { test } from "node:test";
import { completeAssistant } from "../../../worker/assistants/assistant.ts";
import { aboutFollowUps, followUpMarks } from "../../../worker/prompt/follow-ups.ts";
import { readFollowUps } from "../../../worker/turn/read-follow-ups.ts";
import { capabilitiesOf } from "../../../worker/models/capabilities.ts";

const { limits } = completeAssistant("help", { title: "Help", connection: "c", model: "m", origins: [] }, [
  {
    ...{ connection: "c", provider: "anthropic", model: "m", baseModel: "m" },
    capabilities: capabilitiesOf("anthropic", "m", undefined),
    thinking: { isOn: false, isOff: true, roomTokens: 0, isSummarized: false },
  },
]);

function read(text: string, followUps = { max: 3, handover: true }) {
  return readFollowUps({ text, isOpen: false }, { followUps, limits }, { question: "When is tea?", isCut: false });
}

test("the model is told of people only if visitors can write to them", () => {
  const marks = followUpMarks("k3x9ab");
  assert.match(aboutFollowUps({ max: 3, handover: true }, marks), /needs a person.* write the line \+person/);
  assert.doesNotMatch(aboutFollowUps({ max: 3, handover: false }, marks), /person/);
});

test("a line for a person is no question, and counts only if visitors can write to one", () => {
  const text = "\nWhen is dinner?\n +Person \nWho bakes?\n";
  const suggestions = ["When is dinner?", "Who bakes?"];
  assert.deepEqual(read(text), { suggestions, handover: true });
  assert.deepEqual(read("+person"), { suggestions: [], handover: true });
  assert.deepEqual(read(text, { max: 3, handover: false }), { suggestions });
  assert.deepEqual(read(text, { max: 1, handover: true }), { suggestions: ["When is dinner?"], handover: true });
  assert.deepEqual(read("Can I talk to a +person?"), { suggestions: ["Can I talk to a +person?"] });
});
