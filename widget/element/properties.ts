import type { reportInvalid } from "./invalid-value.ts";
import type { Property } from "./updating-element.ts";

/** How the chat is placed in the page. */
export type ChatMode = "popup" | "inline" | "sidebar" | "fullscreen";

/** What a property of the chat can have besides. */
interface ChatProperty extends Property {
  /** Its valid values. Any other value counts as the first one. */
  choices?: readonly string[];
  /**
   * The beginning of a CSS declaration, which valid values complete. After another value, `inherit` and the like are none.
   * An invalid value is ignored where it would apply.
   */
  css?: string;
}

/** The first one is how the styles show an invalid mode, too. */
const modes: ChatMode[] = ["popup", "inline", "sidebar", "fullscreen"];

/**
 * The element's public properties. Those that a page's styles may depend on are written to their attributes.
 * The class declares their types.
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
 * The value that a property keeps. Frameworks set `null`, `undefined` or an empty string to unset a property; each means the
 * default, as a removed attribute and a blank one do. An invalid value is reported to the site's developer.
 */
export function normalize(name: string, value: unknown, { type, choices, css }: ChatProperty): unknown {
  if (type === Boolean) return Boolean(value);
  const text = String(value === 0 ? 0 : value || ""); // 0 is a layer
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
