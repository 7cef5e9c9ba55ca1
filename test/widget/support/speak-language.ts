import * as english from "../../../widget/strings/en.ts";
import type { Language } from "../../../widget/strings/strings.ts";
import { speak } from "./mount.ts";

/** Makes the chats that are added from now on speak a language. Tests then find controls by that language's labels. */
export function speakLanguage(language: Language): void {
  const pairs = [...pairsOf({ ...english }, language)];
  const worded = (label: string) => {
    for (const [from, to] of pairs) {
      const values = valuesIn(label, from);
      if (values) return to.replaceAll(/\{\w+\}/g, (name) => values[name] ?? name);
    }
    throw new Error(`no words for "${label}"`);
  };
  speak({ strings: language, worded });
}

/** Each English text with its translation. */
function* pairsOf(from: unknown, to: unknown): Generator<[string, string]> {
  if (typeof from === "string") {
    if (typeof to === "string") yield [from, to];
    return;
  }
  if (typeof from !== "object" || from === null) return;
  for (const [key, value] of Object.entries(from)) yield* pairsOf(value, Reflect.get(Object(to), key));
}

/** The values that were filled into a text; undefined if the label is another text. */
function valuesIn(label: string, text: string): Record<string, string> | undefined {
  const names = text.match(/\{\w+\}/g) ?? [];
  const pattern = text.split(/\{\w+\}/).map((part) => part.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`));
  const found = new RegExp(`^${pattern.join("(.*)")}$`).exec(label);
  return found ? Object.fromEntries(names.map((name, index) => [name, found[index + 1] ?? ""])) : undefined;
}
