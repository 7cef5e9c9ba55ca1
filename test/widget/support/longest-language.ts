import * as english from "../../../widget/strings/en.ts";
import { language as german } from "../../../widget/strings/de.ts";
import { language as spanish } from "../../../widget/strings/es.ts";
import { language as french } from "../../../widget/strings/fr.ts";
import { language as portuguese } from "../../../widget/strings/pt.ts";
import type { Language } from "../../../widget/strings/strings.ts";

/**
 * A language with the longest texts of German, English, Spanish, French and Portuguese. Everything else, such as the
 * language's code, is German.
 */
export const longest: Language = [{ ...english }, spanish, french, portuguese].reduce(longer, german);

function longer<Words extends object>(words: Words, others: object): Words {
  const entries = Object.entries(words).map(([name, text]: [string, unknown]) => {
    const other: unknown = Reflect.get(others, name);
    if (name === "lang" || name === "dir" || other === undefined) return [name, text];
    const isGroup = lengthOf(text) === undefined && typeof text === "object" && text !== null;
    if (isGroup) return [name, longer(text, Object(other))];
    return [name, (lengthOf(other) ?? 0) > (lengthOf(text) ?? 0) ? other : text];
  });
  return Object.assign({}, words, Object.fromEntries(entries));
}

/** The length of a text, or of the form `other` of a text with plural forms; undefined for a group of texts. */
function lengthOf(text: unknown): number | undefined {
  if (typeof text === "string") return text.length;
  const other: unknown = Reflect.get(Object(text), "other");
  return typeof other === "string" ? other.length : undefined;
}
