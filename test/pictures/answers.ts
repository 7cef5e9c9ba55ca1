import { anthropicAnswer, insertAfter, type AnthropicBlock, type Scenario } from "../fault-server/index.ts";
import type { ReceivedRequest } from "../fault-server/index.ts";

export const question = "Does the battery pay for itself?";

const payback = "the whole pays for itself in 5.2 years";
const first =
  "**Yes, for most people: after about five years.** Without a battery you use 58 % of what the balcony makes; with one Store it is 88 %.";
const table = `

| | Duo alone | with one Store |
| --- | ---: | ---: |
| Used by yourself | 58 % | 88 % |
| Saved a year | €134 | €203 |
| Paid back after | 4.1 years | 5.2 years |

Together with the panels, the whole pays for itself in **5.2 years**.`;
const last = "\n\nCook at noon, and it gains you less.";

const cite = (index: number, text: string) => [{ index, text }];
const next = "What does the second Store add?\nWhich guarantee does it have?";

/** A block with the questions that the model suggests, one per line. {@link withFollowUps} gives it the right tags. */
const mark = (questions: string): AnthropicBlock => ({ text: `\n\n<next>\n${questions}\n</next>` });

/** An answer with two citations and two suggested questions. */
export const finished = anthropicAnswer({
  blocks: [
    { text: first, citations: cite(0, payback) },
    { text: last, citations: cite(1, "Cook at noon") },
    { text: " A Store costs €499.", citations: cite(2, "A Store costs €499.") },
    mark(next),
  ],
});

/** Like {@link finished}, with a table. */
export const withTable = anthropicAnswer({
  blocks: [
    { text: first, citations: cite(1, "Cook at noon") },
    { text: table, citations: cite(0, payback) },
    { text: last, citations: cite(2, "A Store costs €499.") },
    mark(next),
  ],
});

/** A short answer without suggested questions. */
export const short = anthropicAnswer({
  blocks: [
    { text: "Only **red** means a fault.", citations: cite(0, payback) },
    { text: " It blinks in two groups: the first is the tens, the second the ones." },
  ],
});

/** An answer that stops in the middle until `rest` is released. */
export const halfway = insertAfter(
  7,
  [{ hold: "rest" }],
  anthropicAnswer({
    blocks: [
      { text: first, citations: cite(0, payback) },
      { text: ["\n\nOne Store costs €499 and saves €69 a year more than the panels alone. Reckoned to", "gether."] },
    ],
  }),
);

const thinking = [
  "The question is about payback, so I need the price, the yearly saving with and without a Store, and the guarantee.",
  "\n\nBattery page: 88 % own use with one Store…",
];

/** An answer that thinks until `rest` is released. */
export const thoughtful = insertAfter(5, [{ hold: "rest" }], anthropicAnswer({ thinking, text: first }));

/** An answer that is only this text. */
export function plainAnswer(text: string): Scenario {
  return anthropicAnswer({ text });
}

/**
 * Puts the suggested questions of each answer between the tags that its request asks for.
 * @param reply the answer to every request, or the answers to the requests in order, of which the last one is repeated
 */
export function withFollowUps(reply: Scenario | readonly Scenario[]): (request: ReceivedRequest) => Scenario {
  const replies = "steps" in reply ? [reply] : [...reply];
  return ({ text }) => {
    const scenario = (replies.length > 1 ? replies.shift() : replies[0]) ?? anthropicAnswer();
    const name = /<(next-\w+)>/.exec(text)?.[1] ?? "next";
    const rename = (sent: string) => sent.replaceAll("<next>", `<${name}>`).replaceAll("</next>", `</${name}>`);
    return { ...scenario, steps: scenario.steps.map((step) => ("send" in step ? { send: rename(step.send) } : step)) };
  };
}
