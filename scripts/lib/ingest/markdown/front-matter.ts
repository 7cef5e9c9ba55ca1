import { parse as parseToml } from "smol-toml";
import { parse, YAMLParseError } from "yaml";
import { UnreadableDocument } from "../parsed-document.ts";

/** What front matter says about its document. */
export interface FrontMatter {
  title?: string;
  url?: string;
  language?: string;
  isDraft: boolean;
}

/**
 * Splits a Markdown file into its front matter and its text. YAML stands between lines of `---`, TOML between lines of
 * `+++`.
 * @throws UnreadableDocument if front matter between lines of `---` is not YAML
 */
export function splitFrontMatter(text: string): { frontMatter: FrontMatter; body: string } {
  const [block, mark, written = ""] = /^(---|\+\+\+)[^\S\n]*\n(?:(.*?)\n)??\1[^\S\n]*(?:\n|$)/s.exec(text) ?? [];
  if (block === undefined) return { frontMatter: { isDraft: false }, body: text };
  const fields = mark === "---" ? readYaml(written) : readToml(written);
  // A line of hyphens can also be a thematic break: what follows it is front matter only if it has fields.
  if (fields === undefined) return { frontMatter: { isDraft: false }, body: text };
  return { frontMatter: toFrontMatter(fields), body: text.slice(block.length) };
}

function toFrontMatter(fields: object): FrontMatter {
  const read = (name: string): string | undefined => {
    const value: unknown = Reflect.get(fields, name);
    return typeof value === "string" || typeof value === "number" ? String(value).trim() || undefined : undefined;
  };
  return {
    title: read("title"),
    url: read("url"),
    language: read("language") ?? read("lang"),
    isDraft: Reflect.get(fields, "draft") === true || Reflect.get(fields, "published") === false,
  };
}

function readYaml(text: string): object | undefined {
  try {
    const fields: unknown = parse(text, { logLevel: "error" }) ?? {};
    return typeof fields === "object" && fields !== null && !Array.isArray(fields) ? fields : undefined;
  } catch (error) {
    if (!/^[\w-]+:/.test(text)) return undefined;
    const fields = readLines(text);
    if (fields !== undefined) return fields;
    const [reason = ""] = (error instanceof Error ? error.message : String(error)).split("\n");
    const line = error instanceof YAMLParseError ? (error.linePos?.[0].line ?? 1) + 1 : 1;
    throw new UnreadableDocument(
      `its front matter is not YAML (line ${line}: ${reason.replace(/ at line \d+.*$/, "")}): correct it.`,
    );
  }
}

/**
 * Reads only the fields that are used here, line by line. This tolerates errors in other fields, and a colon in a title
 * without quotation marks.
 * @returns undefined if one of these fields cannot be read
 */
function readLines(text: string): object | undefined {
  const lines = [...text.matchAll(/^(title|url|language|lang|draft|published):[^\S\n]+(.*)$/gm)];
  if (lines.some(([, , value = ""]) => /^["'[{&*!|>%@`]/.test(value) && !isYaml(value))) return undefined;
  const read = (value: string): unknown => (isYaml(value) ? parse(value) : value);
  return Object.fromEntries(lines.map(([, name = "", value = ""]) => [name, read(value)]));
}

function isYaml(value: string): boolean {
  try {
    const read: unknown = parse(value);
    return typeof read !== "object";
  } catch {
    return false;
  }
}

/** Reads TOML. If the file is not valid TOML, its simple fields before the first table are read line by line. */
function readToml(text: string): object {
  try {
    return parseToml(text);
  } catch {
    return readTomlLines(text.split(/^\s*\[/m, 1).join(""));
  }
}

function readTomlLines(text: string): object {
  const fields = [...text.matchAll(/^(\w+)\s*=\s*(?:"([^"]*)"|'([^']*)'|(true|false))\s*(?:#.*)?$/gm)];
  return Object.fromEntries(
    fields.map(([, name = "", double, single, flag]) => [
      name,
      flag === undefined ? (double ?? single) : flag === "true",
    ]),
  );
}
