/** How much wider and higher a stretched accent is, by the class that Temml 0.13 gives it. */
const stretches = {
  "hat-1": "1.9 1",
  "hat-2": "3.9 1",
  "hat-3": "5.8 1",
  "hat-4": "7.8 1",
  "tilde-2": "2 1.1",
  "tilde-3": "3 1.1",
  "tilde-4": "4 1.1",
} as const;

/** A diagonal line: the middle of a gradient towards the opposite corner. */
const strikeUp = strike("to bottom right");
const strikeDown = strike("to top right");

/**
 * Styles for what MathML Core does not define. Firefox and Safari support `menclose`, column alignment and stretched
 * accents themselves; Firefox also breaks lines.
 */
const css = `
.tml-jot > mtr > mtd { padding-block: .7ex; }
.tml-left { text-align: left; }
.tml-right { text-align: right; }
@supports not (-moz-appearance: none) {
  [data-math=inline] > math { display: inline-flex; flex-wrap: wrap; align-items: baseline; }
  :is(td, th) [data-math=inline] > math { flex-wrap: nowrap; }
}
@supports (not (-moz-appearance: none)) and (not (-webkit-backdrop-filter: blur(1px))) {
  .tml-left { text-align: -webkit-left; }
  .tml-right { text-align: -webkit-right; }
  menclose { position: relative; padding-block: .5ex; }
  menclose.tml-overline { padding-block: .1em 0; border-block-start: .065em solid; }
  menclose.tml-underline { padding-block: 0 .1em; border-block-end: .065em solid; }
  menclose.tml-fbox { padding: .25em; border: .065em solid; }
  .tml-cancel { position: absolute; inset: 0; print-color-adjust: exact; }
  .upstrike { background: ${strikeUp}; }
  .downstrike { background: ${strikeDown}; }
  .tml-xcancel { background: ${strikeUp}, ${strikeDown}; }
  .sout { background: linear-gradient(currentColor 0 0) 0 55% / 100% .065em no-repeat; }
  ${Object.entries(stretches)
    .map(([name, by]) => `.tml-${name} { scale: ${by}; }`)
    .join("\n  ")}
}
`;

let sheet: CSSStyleSheet | undefined;

/** Adds the formula styles to a formula's root, once. */
export function ensureMathStyles(root: Node): void {
  if (!(root instanceof ShadowRoot || root instanceof Document)) return;
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
  }
  if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets.push(sheet);
}

function strike(towards: string): string {
  const [before, after] = ["calc(50% - .045em)", "calc(50% + .045em)"];
  return `linear-gradient(${towards}, transparent ${before}, currentColor 0 ${after}, transparent 0)`;
}
