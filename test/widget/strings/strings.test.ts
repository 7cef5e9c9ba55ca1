import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { errorCodes } from "../../../protocol/index.ts";
import { chat, launcher } from "../../../widget/strings/en.ts";
import { plural } from "../../../widget/strings/plural.ts";
import { addLanguage, languageFor } from "../../../widget/strings/languages.ts";

describe("strings", () => {
  it("exist for every error code", () => {
    for (const code of errorCodes) assert.match(chat.failures[code], /\.$/);
  });

  it("fall back to the primary language, then to English", () => {
    addLanguage({ chat: { ...chat, lang: "de", send: "Senden" }, launcher });
    assert.equal(languageFor("de-AT").chat.send, "Senden");
    assert.equal(languageFor("DE").chat.send, "Senden");
    assert.equal(languageFor("xx").chat.send, "Send");
    assert.equal(languageFor("").chat.send, "Send");
  });

  it("use the language's plural forms", () => {
    const sources = plural("pl", { one: "# źródło", few: "# źródła", many: "# źródeł", other: "# źródła" });
    assert.deepEqual([1, 2, 5, 1_000].map(sources), ["1 źródło", "2 źródła", "5 źródeł", "1000 źródeł"]);
    assert.equal(chat.charsLeft(1), "1 character left");
    assert.equal(chat.charsLeft(1_200), "1,200 characters left");
  });
});
