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

/** The tokens of a piece of code. */
export interface ReadCode {
  tokens: CodeToken[];
  /** The last line start between two top-level tokens, where reading can resume. */
  resumeAt: number;
}

/**
 * Splits code into tokens.
 * @param source the whole code
 * @param from where to start: an earlier call's `resumeAt`, or 0
 * @param to the end of the complete lines
 */
export function readCode(source: string, from: number, to: number, grammar: ShjLanguageData): ReadCode {
  const tokens: CodeToken[] = [];
  const lastLine = source.lastIndexOf("\n", to - 2) + 1;
  let nested: ShjRule | undefined;
  let resumeAt = from;
  let start = from;
  const top = withoutNesting(grammar, (rule) => (nested = rule));
  tokenizeWith(source.slice(from, to), top, (text, type) => {
    const end = start + text.length;
    const isPlain = nested === undefined && type === undefined;
    const boundaries = isPlain ? [source.lastIndexOf("\n", Math.min(end, lastLine) - 1) + 1] : [start, end];
    for (const boundary of boundaries) {
      if (boundary >= start && boundary <= lastLine && isLineStart(source, boundary)) resumeAt = boundary;
    }
    if (nested) addNested(tokens, text, start, nested);
    else if (type) tokens.push({ type, start, end });
    nested = undefined;
    start = end;
  });
  return { tokens, resumeAt };
}

/** The grammar with each nested part as a single token, whose rule is reported. */
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

function addNested(tokens: CodeToken[], text: string, from: number, rule: ShjRule): void {
  if (!rule.match || rule.sub === undefined) return;
  const { sub, type } = rule;
  const named = typeof sub === "function" ? sub(text) : sub;
  const grammar = typeof named === "string" ? grammars[named] : Array.isArray(named) ? { type, sub: named } : named;
  let start = from;
  const add = (piece: string, pieceType: ShjToken | undefined = type) => {
    const end = start + piece.length;
    if (pieceType && end > start) tokens.push({ type: pieceType, start, end });
    start = end;
  };
  if (grammar) tokenizeWith(text, grammar, add, { languages: grammars });
  else add(text);
}

function isLineStart(source: string, position: number): boolean {
  return position === 0 || source[position - 1] === "\n";
}
