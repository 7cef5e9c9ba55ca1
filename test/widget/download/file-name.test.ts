import assert from "node:assert/strict";
import { it } from "node:test";
import { fileName } from "../../../widget/download/file-name.ts";

const time = new Date(2026, 10, 26, 20, 14).getTime();
const named = (title: string) => fileName(title, time, "md");

it("a file is named by date and title, in any language", () => {
  assert.equal(named("Does the battery pay for itself?"), "2026-11-26 Does the battery pay for itself.md");
  assert.equal(named("営業時間は？"), "2026-11-26 営業時間は？.md");
  assert.equal(named(""), "2026-11-26.md");
});

it("no title makes a name that a system refuses, hides or reads in another way", () => {
  const titles = [
    "../../etc/passwd",
    "con",
    ".hidden",
    "a:b\\c|d",
    "x\u202egnp.md",
    "tab\tnew\nline",
    "dots...",
    "\0",
    "…?*",
  ];
  titles.push("\ud800 half a pair", "a".repeat(500), "👩‍👩‍👧".repeat(80), "nul.", "  ", "\u2028\u2066");
  for (const title of titles) {
    const name = named(title);
    assert.match(name, /^2026-11-26( [^<>:"/\\|?*\p{C}\p{Zl}\p{Zp}]*[^\s.<>:"/\\|?*])?\.md$/u, JSON.stringify(name));
    assert.ok(new TextEncoder().encode(name).length <= 130, name);
  }
});
