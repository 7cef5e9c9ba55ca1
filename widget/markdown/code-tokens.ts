import { tokenizeWith } from "@speed-highlight/core/tokenize";
import type { ShjGrammar, ShjLanguageData, ShjRule, ShjToken } from "@speed-highlight/core/tokenize";
import { grammars } from "./highlight-languages.ts";

/** A highlighted part of the code. */
export interface CodeToken {
  type: ShjToken;
  /** Offsets in the code, in UTF-16 units. */
  start: number;
  end: number;
}

/** A part of the code with a grammar of its own: the whole code, or for example a style sheet in an HTML page. */
export interface CodeRegion {
  grammar: ShjLanguageData;
  /** The start of what has not been read. */
  start: number;
  end: number;
  /** How much is read at a time, in characters. */
  windowChars: number;
}

/**
 * How much code is read at a time, in characters. Reading it takes a few milliseconds. The grammars take four times as
 * long for twice the code, because some rules look ahead.
 */
const windowChars = 400;

/** A window grows up to this length, in characters, while it contains no end of a token, as in a long comment. */
const maxWindowChars = 16_000;

/** Creates a region that has not been read. */
export function codeRegion(grammar: ShjLanguageData, start: number, end: number): CodeRegion {
  return { grammar, start, end, windowChars };
}

/** The tokens of a region's next part, and the regions within it. */
export interface ReadCode {
  tokens: CodeToken[];
  nested: CodeRegion[];
}

/**
 * Reads the next part of a region, and moves the region's start behind it. The text alone decides how long the part is.
 * @param source the whole code
 * @param isComplete whether the region's end is known
 */
export function readNext(source: string, region: CodeRegion, isComplete = true): ReadCode {
  const { start, end, grammar } = region;
  const isPage = grammar === grammars["html"];
  const read = isPage ? readEmbedded(source, region, isComplete) : undefined;
  if (read) return read;
  const part = isPage ? nextEmbedded(source, region) : undefined;
  const to = part ?? Math.min(end, start + region.windowChars);
  const { tokens, nested, lineStart, lastToken } = readWindow(source, start, to, grammar);
  const isTooLong = region.windowChars >= maxWindowChars;
  const cut = to === end || part !== undefined ? to : (lineStart ?? lastToken ?? (isTooLong ? to : undefined));
  if (cut === undefined) {
    region.windowChars += windowChars;
    return { tokens: [], nested: [] };
  }
  region.start = cut;
  region.windowChars = windowChars;
  return {
    tokens: tokens.filter((token) => token.start < cut).map((token) => ({ ...token, end: Math.min(token.end, cut) })),
    nested: nested.filter((part) => part.start < cut),
  };
}

const embedded = /^(<(script|style)\b[^>]*>)([^]*?)(<\/\2\s*>|$)/;
const embeddedStart = /<(?:script|style)\b/;

/** Splits the script or style sheet at a page region's start into regions: the library would read all of it at once. */
function readEmbedded(source: string, region: CodeRegion, isComplete: boolean): ReadCode | undefined {
  const { grammar, start, end } = region;
  const near = source.slice(start, Math.min(end, start + maxWindowChars));
  const [whole, tag = "", name, content = "", close] = embedded.exec(near) ?? [];
  if (close === "" && !isComplete && near.length < maxWindowChars) {
    region.windowChars += windowChars; // waits for its end
    return { tokens: [], nested: [] };
  }
  const inner = grammars[name === "script" ? "js" : "css"];
  if (whole === undefined || !inner) return undefined;
  const [from, to] = [start + tag.length, start + tag.length + content.length];
  region.start = start + whole.length;
  const outer = grammars["xml"] ?? grammar;
  return {
    tokens: [],
    nested: [codeRegion(outer, start, from), codeRegion(inner, from, to), codeRegion(outer, to, region.start)],
  };
}

/** The start of the next script or style sheet in a page, if it is near. */
function nextEmbedded(source: string, { start, end }: CodeRegion): number | undefined {
  const at = source.slice(start + 1, Math.min(end, start + windowChars)).search(embeddedStart);
  return at === -1 ? undefined : start + 1 + at;
}

interface ReadWindow extends ReadCode {
  /** The last line start between two tokens, or in plain text. */
  lineStart: number | undefined;
  /** The start of the last token. */
  lastToken: number | undefined;
}

function readWindow(source: string, from: number, to: number, grammar: ShjLanguageData): ReadWindow {
  const tokens: CodeToken[] = [];
  const nested: CodeRegion[] = [];
  const plainType = Array.isArray(grammar) ? undefined : grammar.type;
  const lastLine = source.lastIndexOf("\n", to - 2) + 1;
  let rule: ShjRule | undefined;
  let lineStart: number | undefined;
  let lastToken: number | undefined;
  let start = from;
  const top = withoutNesting(grammar, (found) => (rule = found));
  tokenizeWith(source.slice(from, to), top, (text, type) => {
    if (text === "") return;
    const end = start + text.length;
    const isPlain = rule === undefined && type === plainType;
    const boundaries = isPlain ? [source.lastIndexOf("\n", Math.min(end, lastLine) - 1) + 1] : [start, end];
    for (const boundary of boundaries) {
      const isWithin = boundary > from && boundary >= start && boundary <= lastLine;
      if (isWithin && source[boundary - 1] === "\n") lineStart = boundary;
    }
    if (start > from) lastToken = start;
    const part = rule && nestedGrammar(rule, text);
    const tokenType = rule?.match ? rule.type : type;
    if (part) nested.push(codeRegion(part, start, end));
    else if (tokenType) tokens.push({ type: tokenType, start, end });
    rule = undefined;
    start = end;
  });
  return { tokens, nested, lineStart, lastToken };
}

/** The grammar, with each nested part read as a single token. `tell` is called with the rule of that part. */
function withoutNesting(grammar: ShjLanguageData, tell: (rule: ShjRule) => void): ShjLanguageData {
  const isList = Array.isArray(grammar);
  const rules: ShjGrammar = isList ? grammar : grammar.sub;
  const flat = rules.map((rule): ShjRule => {
    if (!rule.match || rule.sub === undefined) return rule;
    const sub = () => {
      tell(rule);
      return [];
    };
    return { match: rule.match, sub };
  });
  return isList ? flat : { ...grammar, sub: flat };
}

/** The nested grammar of a part, if its rule has one that is known. */
function nestedGrammar(rule: ShjRule, text: string): ShjLanguageData | undefined {
  if (!rule.match || rule.sub === undefined) return undefined;
  const { sub, type } = rule;
  const named = typeof sub === "function" ? sub(text) : sub;
  if (typeof named === "string") return grammars[named];
  return Array.isArray(named) ? { type, sub: named } : named;
}
