/** How a language counts, and how it writes numbers. */
interface Numbers {
  rules: Intl.PluralRules;
  format: Intl.NumberFormat;
}

const known = new Map<string, Numbers>();

/**
 * Makes a function that says a number in a language's own plural form.
 * @param lang BCP 47 tag
 * @param forms the sentence for each plural category, `#` standing for the number; `other` is always needed
 */
export function plural(
  lang: string,
  forms: Partial<Record<Intl.LDMLPluralRule, string>> & { other: string },
): (count: number) => string {
  return (count) => {
    const { rules, format } = numbersOf(lang);
    return (forms[rules.select(count)] ?? forms.other).replace("#", () => format.format(count));
  };
}

/** Made once: the first ones take a slow phone 50 ms. */
function numbersOf(lang: string): Numbers {
  const numbers = known.get(lang) ?? { rules: new Intl.PluralRules(lang), format: new Intl.NumberFormat(lang) };
  known.set(lang, numbers);
  return numbers;
}
