import assert from "node:assert/strict";
import { test } from "node:test";
import { writeTable } from "../../../scripts/lib/gaps/write-report.ts";

test("a title from a site cannot control the terminal", () => {
  const group = {
    example: "How?",
    texts: ["How?"],
    count: 1,
    lastAskedAt: 0,
    reasons: { nothing_found: 1, rated_down: 0 },
    nearest: { path: "a.md", title: "\u001b[31mRed", url: "/a\u0007", score: 0.3 },
  };
  const report = { assistant: "help", questions: 1, groups: [group], furtherGroups: 0 };
  const table = writeTable(report, 80, true);
  assert.ok(table.includes("Red"));
  assert.ok(!table.includes("\u001b") && !table.includes("\u0007"), JSON.stringify(table));
});
