/**
 * What Temml leaves to a style sheet: its own, as far as MathML Core has no other means. Firefox and Safari draw
 * `menclose` by themselves; Firefox breaks lines by itself, too.
 */
const css = `
.tml-left { text-align: left; }
.tml-right { text-align: right; }
mtable.tml-jot > mtr > mtd { padding-block: .7ex; }
@supports not (-moz-appearance: none) {
  .tml-left { text-align: -webkit-left; }
  .tml-right { text-align: -webkit-right; }
  [data-math=inline] > math { display: inline-flex; flex-wrap: wrap; align-items: baseline; }
  :is(td, th) [data-math=inline] > math { flex-wrap: nowrap; }
}
@supports (not (-moz-appearance: none)) and (not (-webkit-backdrop-filter: blur(1px))) {
  menclose { position: relative; padding-block: .5ex; }
  menclose.tml-overline { padding-block: .1em 0; border-block-start: .065em solid; }
  menclose.tml-underline { padding-block: 0 .1em; border-block-end: .065em solid; }
  menclose.tml-fbox { padding: 3pt; border: 1px solid; }
  .tml-cancel { position: absolute; inset: 0; background: currentColor; }
  .upstrike { clip-path: polygon(.05em 100%, 0 calc(100% - .05em), calc(100% - .05em) 0, 100% .05em); }
  .downstrike { clip-path: polygon(0 .05em, .05em 0, 100% calc(100% - .05em), calc(100% - .05em) 100%); }
  .tml-xcancel {
    clip-path: polygon(
      .05em 0, 0 .05em, calc(50% - .05em) 50%, 0 calc(100% - .05em), .05em 100%, 50% calc(50% + .05em),
      calc(100% - .05em) 100%, 100% calc(100% - .05em), calc(50% + .05em) 50%, 100% .05em, calc(100% - .05em) 0,
      50% calc(50% - .05em)
    );
  }
  .tml-hat-1 { transform: scale(1.9, 1); }
  .tml-hat-2 { transform: scale(3.9, 1); }
  .tml-hat-3 { transform: scale(5.8, 1); }
  .tml-hat-4 { transform: scale(7.8, 1); }
  .tml-tilde-2 { transform: scale(2, 1.1); }
  .tml-tilde-3 { transform: scale(3, 1.1); }
  .tml-tilde-4 { transform: scale(4, 1.1); }
  .sout { clip-path: inset(calc(45% - .033em) 0); }
}
`;

let sheet: CSSStyleSheet | undefined;

/** Gives the root that a formula stands in the styles of formulas, once. */
export function ensureMathStyles(root: Node): void {
  if (!(root instanceof ShadowRoot || root instanceof Document)) return;
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
  }
  if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets.push(sheet);
}
