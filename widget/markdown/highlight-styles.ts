/** Each at least 4.5 : 1 on the code's background, light and dark. */
const palette = {
  keyword: "light-dark(#8b2f8f, #d9a2f0)",
  string: "light-dark(#25692f, #a5d69b)",
  number: "light-dark(#9a4a00, #f0b67f)",
  comment: "light-dark(#5f6b6e, #93a1a5)",
  function: "light-dark(#1a56b0, #8fc1ff)",
  type: "light-dark(#7a5200, #e8cd8a)",
  variable: "light-dark(#a02c4e, #ff9fb4)",
  inserted: "light-dark(#25692f, #a5d69b)",
  deleted: "light-dark(#9f2a1f, #ffa498)",
} as const;

/** With the visitor's own few colours code has one of them: browsers would paint each piece as if it were selected. */
const forced = "@media (forced-colors: active) { .code code { forced-color-adjust: none; color: CanvasText; } }";

let sheet: CSSStyleSheet | undefined;

/** Gives the root that an answer stands in the colours of code, once. */
export function ensureColours(root: Node): void {
  if (!(root instanceof ShadowRoot || root instanceof Document)) return;
  sheet ??= makeSheet();
  if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets.push(sheet);
}

function makeSheet(): CSSStyleSheet {
  const made = new CSSStyleSheet();
  // one rule each: where `::highlight()` is not known, a list with it would be dropped whole
  const rules = Object.entries(palette).map(
    ([name, colour]) => `::highlight(rivulet-${name}) { color: ${colour}; } .rivulet-${name} { color: ${colour}; }`,
  );
  made.replaceSync(`@media (forced-colors: none) { ${rules.join("\n")} } ${forced}`);
  return made;
}
