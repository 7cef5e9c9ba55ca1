import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { findContext, openSources, type FindOptions } from "../../../worker/context/find-context.ts";
import type { ContextResult, ContextSource } from "../../../worker/context/source.ts";

const result = (id: string): ContextResult => ({ id, title: id, content: `Everything about ${id}.` });

/** A source that knows some subjects by their names. */
function shelf(name: string, subjects: readonly string[], language?: string) {
  const asked: string[] = [];
  const source: ContextSource = {
    name,
    ...(language === undefined ? {} : { language }),
    search: async ({ text }) => {
      asked.push(text);
      return subjects.filter((subject) => text.includes(subject)).map(result);
    },
  };
  return { source, asked };
}

const broken: ContextSource = { name: "broken", search: () => Promise.reject(new Error("no such table")) };
const throwing: ContextSource = {
  name: "throwing",
  search: () => {
    throw new Error("a bug");
  },
};
/** A source that is not written in TypeScript, or that does not check what another service returns. */
const returning = (value: unknown): ContextSource => ({ name: "foreign", search: async () => value as never });
const silent: ContextSource = { name: "silent", search: () => new Promise(() => undefined) };

function options(fields: Partial<FindOptions> = {}): FindOptions {
  return {
    limits: { maxResults: 6, maxTokens: 1000 },
    timeLimitMs: 10_000,
    signal: new AbortController().signal,
    ...fields,
  };
}

const alone = (question: string) => ({ question, conversation: [] });
const after = (question: string, ...earlier: string[]) => ({
  question,
  conversation: earlier.map((each) => ({ question: each, answer: "…" })),
});
const idsOf = ({ results }: { results: readonly ContextResult[] }) => results.map(({ id }) => id);

describe("what is searched for", () => {
  test("a question as it was typed", async () => {
    const { source, asked } = shelf("one", ["Duo"]);
    assert.deepEqual(idsOf(await findContext([source], after("Is the Duo heavy?", "Where is the Store?"), options())), [
      "Duo",
    ]);
    assert.deepEqual(asked, ["Is the Duo heavy?"]);
  });

  test("a question that refers to the one before it is completed with that one", async () => {
    const { source, asked } = shelf("one", ["Duo"]);
    assert.deepEqual(idsOf(await findContext([source], after("Is it heavy?", "Where is the Duo?"), options())), [
      "Duo",
    ]);
    assert.deepEqual(asked, ["Where is the Duo?\nIs it heavy?"]);
  });

  test("if nothing is found, the other form is searched as well", async () => {
    const one = shelf("one", ["Duo"]);
    assert.deepEqual(idsOf(await findContext([one.source], after("Heavy?", "Where is the Duo?"), options())), ["Duo"]);
    assert.deepEqual(one.asked, ["Heavy?", "Where is the Duo?\nHeavy?"]);
    const other = shelf("other", []);
    const found = await findContext([other.source], after("Is it heavy?", "Where is the Duo?"), options());
    assert.deepEqual([found.missing, other.asked.length], ["nothing_found", 2]);
  });
});

describe("a question in another language than the documents", () => {
  const question = "この製品の重さはどのくらいですか？";
  const translate = async (text: string, language: string) => `${language}: Duo (${text})`;

  test("is translated, only if nothing was found for it", async () => {
    const { source, asked } = shelf("one", ["Duo"], "de-AT");
    assert.deepEqual(idsOf(await findContext([source], alone(question), options({ translate }))), ["Duo"]);
    assert.deepEqual(asked, [question, `de: Duo (${question})`]);
    const known = shelf("known", ["製品"], "de");
    assert.deepEqual(idsOf(await findContext([known.source], alone(question), options({ translate }))), ["製品"]);
    assert.equal(known.asked.length, 1);
  });

  test("is not translated if the documents are in that language, if theirs is not known, or if it is switched off", async () => {
    for (const [language, fields] of [
      ["ja", { translate }],
      [undefined, { translate }],
      ["de", {}],
    ] as const) {
      const { source, asked } = shelf("one", ["Duo"], language);
      const found = await findContext([source], alone(question), options(fields));
      assert.deepEqual([found.missing, asked], ["nothing_found", [question]]);
    }
  });

  test("a translation that fails is as if there were none", async () => {
    const { source } = shelf("one", ["Duo"], "de");
    const found = await findContext([source], alone(question), options({ translate: async () => undefined }));
    assert.equal(found.missing, "nothing_found");
  });
});

describe("sources that fail", () => {
  test("cost nothing but their own results", async () => {
    const { source } = shelf("one", ["Duo"]);
    const found = await findContext([broken, source, throwing], alone("Duo?"), options());
    assert.deepEqual([idsOf(found), found.missing], [["Duo"], undefined]);
    assert.deepEqual(
      found.failures.map((failure) => failure.source),
      ["broken", "throwing"],
    );
  });

  test("if all of them do, the context is unavailable, and nothing else is tried", async () => {
    const found = await findContext([broken, throwing], after("Duo?", "Store?"), options());
    assert.deepEqual([found.missing, found.failures.length], ["unavailable", 2]);
  });

  test("one that never answers fails at the time limit, whether or not it looks at its signal", async () => {
    const { source } = shelf("one", ["Duo"]);
    const obedient: ContextSource = {
      name: "obedient",
      search: async (_, __, signal) => {
        await sleep(60_000, undefined, { signal });
        return [];
      },
    };
    const found = await findContext([silent, source, obedient], alone("Duo?"), options({ timeLimitMs: 50 }));
    assert.deepEqual(idsOf(found), ["Duo"]);
    assert.deepEqual(
      found.failures.map(({ source: name, error }) => [name, String(error)]),
      [
        ["silent", "ContextError: It took longer than 50 ms."],
        ["obedient", "ContextError: It took longer than 50 ms."],
      ],
    );
  });

  test("one that returns anything but passages fails, and the log says why", async () => {
    const { source } = shelf("one", ["Duo"]);
    const returned: [unknown, RegExp][] = [
      [undefined, /did not return a list/],
      [{ hits: [] }, /did not return a list/],
      [[result("Store"), null], /A passage is of the wrong type/],
      [[{ ...result("Store"), id: 42 }], /The id of a passage is of the wrong type: expected string\./],
      [[{ ...result("Store"), title: null }], /The title of a passage/],
      [[{ id: "Store", title: "Store" }], /The content of a passage is missing\./],
      [[{ ...result("Store"), url: new URL("https://example.com/") }], /The url of a passage/],
    ];
    for (const [value, reason] of returned) {
      const found = await findContext([returning(value), source], alone("Duo?"), options());
      assert.deepEqual(idsOf(found), ["Duo"]);
      assert.deepEqual(
        found.failures.map((failure) => failure.source),
        ["foreign"],
      );
      assert.match(String(found.failures[0]?.error), /^ContextError: /);
      assert.match(String(found.failures[0]?.error), reason);
    }
  });

  test("what JSON has as null is missing", async () => {
    const found = await findContext(
      [returning([{ ...result("Duo"), url: null, place: null, score: null }])],
      alone("Duo?"),
      options(),
    );
    assert.deepEqual([found.results, found.failures], [[result("Duo")], []]);
  });

  test("one that returns a million passages costs no more than one that returns some", async () => {
    let reads = 0;
    const counted = {
      ...result("Duo"),
      get content() {
        reads += 1;
        return "The same.";
      },
    };
    const found = await findContext([returning(Array(1_000_000).fill(counted))], alone("Duo?"), options());
    assert.equal(found.results.length, 1);
    assert.ok(reads < 1000, `${reads} reads`);
  });

  test("a turn that ends, ends the search at once", async () => {
    const ended = new AbortController();
    const searching = findContext([silent], alone("Duo?"), options({ signal: ended.signal }));
    ended.abort();
    assert.equal((await searching).missing, "unavailable");
    assert.equal(
      (await findContext([silent], alone("Duo?"), options({ signal: ended.signal }))).missing,
      "unavailable",
    );
  });

  test("one that cannot be opened is named", () => {
    const { sources, failures } = openSources(
      [
        { name: "one", open: () => shelf("one", []).source },
        {
          name: "other",
          open: () => {
            throw new Error("no binding");
          },
        },
      ],
      { assistant: "help", env: {} },
    );
    assert.deepEqual([sources.map(({ name }) => name), failures.map(({ source }) => source)], [["one"], ["other"]]);
  });
});
