import type { PropertyDeclaration } from "lit";

/** A property as Lit declares it, and its value while nobody has set it. */
interface Property extends PropertyDeclaration {
  initial?: unknown;
}

/**
 * The element's public properties. Those that a page's styles may depend on are written to their attributes.
 * The class declares their types.
 */
export const properties = {
  endpoint: { type: String, initial: "" },
  assistant: { type: String, initial: "" },
  mode: { type: String, initial: "inline", reflect: true },
  theme: { type: String, initial: "auto", reflect: true },
  lang: { type: String, initial: "", reflect: true, converter: { toAttribute: (lang: string) => lang || null } },
  announce: { type: String, initial: "sentences" },
  bringAlong: { type: Boolean, initial: false, attribute: "bring-along" },
  open: { type: Boolean, initial: false, reflect: true },
  side: { type: String, reflect: true },
  insetInline: { type: String, attribute: "inset-inline", reflect: true },
  insetBlock: { type: String, attribute: "inset-block", reflect: true },
  layer: { type: String, reflect: true },
  getUserToken: { attribute: false },
} satisfies Record<string, Property>;

/**
 * Adds a property's default to its accessor. Frameworks set `null`, `undefined` or an empty string to unset a property;
 * each means the default, as a removed attribute does.
 */
export function withDefault({ get, set }: PropertyDescriptor, { type, initial }: Property): PropertyDescriptor {
  return {
    get(): unknown {
      return get?.call(this) ?? initial;
    },
    set(value: unknown): void {
      const other = value === 0 ? value : value || undefined; // 0 is a layer
      set?.call(this, type === Boolean ? Boolean(value) : other);
    },
    configurable: true,
    enumerable: true,
  };
}
