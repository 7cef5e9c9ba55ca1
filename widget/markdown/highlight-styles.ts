/** Each color has a contrast of at least 4.5 : 1 on the code's background, light and dark. */
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

/** In forced colors mode code has a single color: browsers would otherwise paint each token like a selection. */
const forced = "@media (forced-colors: active) { .code code { forced-color-adjust: none; color: CanvasText; } }";

let sheet: CSSStyleSheet | undefined;

/** Adds the highlight styles to an answer's root, once. */
export function ensureHighlightStyles(root: Node): void {
  if (!(root instanceof ShadowRoot || root instanceof Document)) return;
  sheet ??= makeSheet();
  if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets.push(sheet);
}

function makeSheet(): CSSStyleSheet {
  const made = new CSSStyleSheet();
  // separate rules: an engine that does not know `::highlight()` would drop a selector list that contains it
  const rules = Object.entries(palette).map(
    ([name, color]) => `::highlight(rivulet-${name}) { color: ${color}; } .rivulet-${name} { color: ${color}; }`,
  );
  made.replaceSync(`@media (forced-colors: none) { ${rules.join("\n")} } ${forced}`);
  return made;
}
