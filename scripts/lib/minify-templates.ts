import { parseAst, type Plugin } from "vite";

/** A range of the source between two offsets, and its replacement. */
interface Edit {
  start: number;
  end: number;
  text: string;
}

/**
 * Removes indentation from HTML templates and style sheets, where it only helps readers of the source. HTML collapses
 * white space, so a line break with its indentation can become one space.
 */
export function minifyTemplates(): Plugin {
  return {
    name: "minify-templates",
    enforce: "pre", // while the code is still the original source
    transform(code, id) {
      const isStyle = /[\\/]widget[\\/](styles[\\/]|.*-styles\.ts|forms[\\/]|challenge[\\/])/.test(id);
      const isView = /[\\/]widget[\\/]/.test(id) && code.includes("html`");
      if (!id.endsWith(".ts") || !(isStyle || isView)) return undefined;
      const edits: Edit[] = [];
      visit(parseAst(code, { lang: "ts" }), (node, parent) => {
        if (node.type !== "TemplateElement") return;
        const isMarkup = parent?.type === "TaggedTemplateExpression" || parent?.tag !== undefined;
        const raw = code.slice(node.start, node.end);
        const text = isStyle && !isMarkup && raw.includes("{") ? minifyStyle(raw) : raw.replace(/\s*\n\s*/g, " ");
        if (text !== raw) edits.push({ start: node.start, end: node.end, text });
      });
      return edits.length === 0 ? undefined : { code: apply(code, edits), map: null };
    },
  };
}

interface AnyNode {
  type: string;
  start: number;
  end: number;
  tag?: unknown;
}

function isNode(value: unknown): value is AnyNode {
  return typeof value === "object" && value !== null && "type" in value && "start" in value;
}

function visit(node: unknown, see: (node: AnyNode, parent?: AnyNode) => void, parent?: AnyNode): void {
  if (Array.isArray(node)) return node.forEach((each) => visit(each, see, parent));
  if (!isNode(node)) return;
  see(node, parent);
  const inner = node.type === "TemplateLiteral" ? parent : node;
  for (const value of Object.values(node)) visit(value, see, inner);
}

function minifyStyle(css: string): string {
  return css
    .replace(/\s+/g, " ")
    .replace(/ ?([{};,]) ?/g, "$1")
    .replace(/: /g, ":")
    .replace(/ !important/g, "!important")
    .replace(/="([a-z]+)"]/g, "=$1]") // removes the quotation marks in attribute selectors
    .replace(/;}/g, "}");
}

function apply(code: string, edits: readonly Edit[]): string {
  return edits
    .toSorted((a, b) => b.start - a.start)
    .reduce((text, { start, end, text: piece }) => text.slice(0, start) + piece + text.slice(end), code);
}
