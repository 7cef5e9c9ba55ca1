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
    const form = forms[new Intl.PluralRules(lang).select(count)] ?? forms.other;
    return form.replace("#", () => new Intl.NumberFormat(lang).format(count));
  };
}
