/**
 * Styles of the launcher and its note. With the tokens, they are all the styles that the script tag needs.
 *
 * A chat over the page has no box of its own. If a rule of the page gives it one, as `body > * { display: block }`
 * does, that box takes no room, draws nothing and does not change what is in it. A transform, a filter or containment
 * of that box is not reset: the launcher then goes to the top layer, where the panel is anyway.
 */
export const launcherStyles = `
:host([mode]:not([mode="inline"])) {
  display: contents;
  position: fixed !important; visibility: hidden !important; opacity: 1 !important; zoom: 1 !important;
  content-visibility: visible !important; clip-path: none !important; mask: none !important;
  mix-blend-mode: normal !important;
}
.corner {
  position: fixed; z-index: var(--rivulet-layer); margin: var(--rivulet-inset-block) var(--rivulet-inset-inline);
  inset-block: auto env(safe-area-inset-bottom); inset-inline: auto env(safe-area-inset-right);
  display: grid; justify-items: end; gap: .75em;
}
:host([side="start"]) .corner { inset-inline: env(safe-area-inset-left) auto; justify-items: start; }
[part="launcher"] {
  display: grid; place-items: center;
  inline-size: 3.5em; block-size: 3.5em; margin: 0; padding: 0;
  border: 1px solid transparent; border-radius: 50%; border-end-end-radius: 18%;
  background: var(--rivulet-fill); color: var(--rivulet-on-accent);
  box-shadow: 0 .125em .375em var(--rivulet-shadow), 0 .5em 1.5em var(--rivulet-shadow);
  cursor: pointer;
}
[part="launcher"] .icon { grid-area: 1 / 1; inline-size: 1.625em; block-size: 1.625em; }
[part="launcher"][data-state="loading"]::after {
  content: ""; grid-area: 1 / 1; inline-size: 2.5em; block-size: 2.5em; border-radius: 50%;
  border: 2px solid transparent; border-top-color: currentColor; animation: turn .8s linear infinite;
}
.corner > span {
  order: -1; padding: .625em .875em; border-radius: .75em;
  border: 1px solid; background: Canvas; font-size: .875em;
}
.corner > span:empty { display: none; }
@keyframes turn { to { transform: rotate(1turn); } }
@media (prefers-reduced-motion: reduce) {
  [part="launcher"][data-state="loading"]::after { animation-duration: 3s; }
}
@media print { .corner { display: none; } }
`;
