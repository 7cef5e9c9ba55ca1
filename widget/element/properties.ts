import type { reportInvalid } from "./invalid-value.ts";
import type { Property } from "./updating-element.ts";

/** How the chat is placed in the page. */
export type ChatMode = "popup" | "inline" | "sidebar" | "fullscreen";

/** A property of the chat, and which of its values are valid. */
interface ChatProperty extends Property {
  /** Its valid values. Any other value counts as the first one. */
  choices?: readonly string[];
  /**
   * The start of a CSS declaration. A value of the property is valid if the declaration that it completes is valid. If
   * the start already contains a value, `inherit` and other CSS-wide keywords are invalid. An invalid value is kept,
   * but ignored where it would apply.
   */
  css?: string;
}

/** The first mode replaces an invalid one, as it does in the styles. */
const modes: ChatMode[] = ["popup", "inline", "sidebar", "fullscreen"];

/**
 * The element's public properties. Those that a page's styles may depend on are written to their attributes.
 * `RivuletChat` declares the types of all of them.
 */
export const properties = {
  endpoint: { initial: "" },
  assistant: { initial: "" },
  mode: { initial: "inline", choices: modes, reflect: true },
  theme: { initial: "auto", choices: ["auto", "light", "dark"], reflect: true },
  lang: { initial: "", reflect: true },
  announce: { initial: "sentences", choices: ["sentences", "answer", "off"] },
  bringAlong: { type: Boolean, initial: false, attribute: "bring-along" },
  open: { type: Boolean, initial: false, reflect: true },
  side: { choices: ["end", "start"], reflect: true },
  insetInline: { attribute: "inset-inline", reflect: true, css: "padding-block:0 " },
  insetBlock: { attribute: "inset-block", reflect: true, css: "padding-block:0 " },
  layer: { reflect: true, css: "z-index:" },
  accentColor: { attribute: "accent-color", reflect: true, css: "border-inline-color:red " },
  avatar: {},
  strings: { attribute: false },
  getUserToken: { attribute: false },
  pageContext: { attribute: "page-context" },
  getPageContext: { attribute: false },
} satisfies Record<string, ChatProperty>;

/**
 * The value that a property keeps when it is set to `value`; undefined for the default. Frameworks set `null`,
 * `undefined` or an empty string to unset a property: each of them means the default, as does a removed or blank
 * attribute. An invalid value is reported to the site's developer.
 */
export function normalize(name: string, value: unknown, { type, choices, css }: ChatProperty): unknown {
  if (type === Boolean) return Boolean(value);
  const text = String(value === 0 ? 0 : value || ""); // 0 is a valid layer
  if (!text.trim()) return undefined;
  const isValid = choices ? choices.includes(text) : !css || (CSS.supports(css + text) && !/currentColor/i.test(text));
  if (isValid) return value;
  void report(name, text, choices);
  return choices ? choices[0] : value;
}

async function report(...found: Parameters<typeof reportInvalid>): Promise<void> {
  const words = await import("./invalid-value.ts").catch(() => undefined); // the first choice applies anyway
  words?.reportInvalid(...found);
}
