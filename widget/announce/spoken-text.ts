import { shownLines, taskOf } from "../markdown/block.ts";
import type { Block } from "../markdown/block.ts";
import type { Inline, InlineElement } from "../markdown/inline.ts";
import { fill, plural } from "../strings/plural.ts";
import type { AnnouncementStrings } from "../strings/strings.ts";

/** Names of code languages whose short names cannot be pronounced. All others are announced as they are written. */
const languages: Readonly<Record<string, string>> = {
  ...{ ts: "TypeScript", tsx: "TypeScript", js: "JavaScript", jsx: "JavaScript", mjs: "JavaScript", py: "Python" },
  ...{ sh: "Shell", rb: "Ruby", rs: "Rust", kt: "Kotlin", cs: "C#", cpp: "C++", md: "Markdown", yml: "YAML" },
  ...{ typescript: "TypeScript", javascript: "JavaScript", html: "HTML", css: "CSS", json: "JSON", sql: "SQL" },
};

/** A formula that can be read as it is written: `x`, `a = 2`. */
const plainFormula = /^[\p{L}\d\s=+<>.,]{1,20}$/u;

/** The text of inline content: links by their text, bare addresses by their host, complex formulas by a word. */
export function spokenText(nodes: readonly Inline[], strings: AnnouncementStrings): string {
  return nodes.map((node) => (typeof node === "string" ? node : elementWords(node, strings))).join("");
}

function elementWords(element: InlineElement, strings: AnnouncementStrings): string {
  const { kind, children } = element;
  const words = spokenText(children, strings);
  switch (kind) {
    case "emphasis":
    case "strong":
    case "deleted":
    case "code":
    case "image":
      return words;
    case "link":
      return linkWords(element, words);
    case "math":
    case "display-math":
      return formulaWords(words, strings);
    case "break":
      return " ";
    case "note":
      return ""; // a number within a sentence
  }
}

function linkWords({ destination = "", isBare }: InlineElement, words: string): string {
  const isAddress = isBare === true || words === destination;
  return (isAddress && URL.canParse(destination) && new URL(destination).host) || words;
}

function formulaWords(tex: string, { formula }: AnnouncementStrings): string {
  return plainFormula.test(tex) ? tex : formula;
}

/**
 * The text that is announced instead of a block's content; undefined if the content is announced.
 * @param lang BCP 47 tag of the strings
 */
export function blockSummary(block: Block, strings: AnnouncementStrings, lang: string): string | undefined {
  switch (block.kind) {
    case "code": {
      const language = block.fence?.info.split(/\s+/)[0] ?? "";
      const words = plural(lang, strings.code, shownLines(block));
      return language ? words + strings.separator + (languages[language.toLowerCase()] ?? language) : words;
    }
    case "table":
      return fill(strings.table, {
        columns: plural(lang, strings.columns, block.alignments.length),
        rows: plural(lang, strings.rows, block.children.length),
      });
    case "math":
      return formulaWords(block.text.trim(), strings);
    case "rule":
      return "";
    default:
      return undefined;
  }
}

/** The text that is announced before a block's content. */
export function blockPrefix(block: Block, strings: AnnouncementStrings): string {
  if (block.kind === "heading") return strings.heading;
  const { parent } = block;
  if (parent?.children[0] !== block) return "";
  if (parent.kind === "note") return fill(strings.footnote, { label: parent.label });
  const task = taskOf(block);
  if (task !== undefined) return task === "[ ]" ? strings.taskOpen : strings.taskDone;
  return parent.kind === "item" ? numberOf(parent) : "";
}

/** List items are numbered from the first item's number, whatever numbers the others have in the source. */
function numberOf(item: Block): string {
  const { start } = item.parent?.marker ?? {};
  const index = item.parent?.children.lastIndexOf(item) ?? 0; // the item is one of the last
  return start === undefined ? "" : `${start + index}.`;
}
