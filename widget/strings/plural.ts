/** A language's plural rules and number format. */
interface Numbers {
  rules: Intl.PluralRules;
  format: Intl.NumberFormat;
}

const cache = new Map<string, Numbers>();

/**
 * Returns a function that formats a count with the language's plural form.
 * @param lang BCP 47 tag
 * @param forms the text for each plural category, with `#` for the number; `other` is required
 */
// @__NO_SIDE_EFFECTS__
export function plural(
  lang: string,
  forms: Partial<Record<Intl.LDMLPluralRule, string>> & { other: string },
): (count: number) => string {
  return (count) => {
    const { rules, format } = numbersOf(lang);
    return (forms[rules.select(count)] ?? forms.other).replace("#", () => format.format(count));
  };
}

/** Cached: creating the first ones takes 50 ms on a slow phone. */
function numbersOf(lang: string): Numbers {
  const numbers = cache.get(lang) ?? { rules: new Intl.PluralRules(lang), format: new Intl.NumberFormat(lang) };
  cache.set(lang, numbers);
  return numbers;
}
