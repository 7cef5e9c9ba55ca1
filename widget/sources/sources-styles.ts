/**
 * Styles of chips, cards and previews. A chip has the size of a line's text and a larger area that reacts; the word
 * joiner before it keeps it in the line of the word that it belongs to.
 */
export const sourcesStyles = `
.citations { font-size: inherit; line-height: 0; vertical-align: baseline; white-space: nowrap; -webkit-user-select: none; user-select: none; }
.citations::before { content: "\\2060"; }
div.answer > .citations, .part > .citations, li > .citations, blockquote > .citations { display: block; line-height: 1.6; }
.citation, .number {
  display: inline-block; min-inline-size: 1.5em; block-size: 1.5em; padding: 0 .375em; border: 1px solid transparent; border-radius: .5em;
  font: 600 .8rem / 1.375em var(--rivulet-font); font-size: .8em; text-align: center; font-variant-numeric: tabular-nums; vertical-align: .0625em;
  color: var(--rivulet-accent); background: color-mix(in oklab, var(--rivulet-accent) 14%, var(--rivulet-background));
}
.citation { position: relative; margin-inline-start: .3125em; cursor: pointer; }
.citation + .citation { margin-inline-start: .1875em; }
.citation::before { content: attr(data-source); }
.citation::after { content: ""; position: absolute; inset: -.3125em -.1875em; }
.citation:hover { border-color: var(--rivulet-accent); }
.citation[aria-expanded="true"], .preview .number { background: var(--rivulet-accent); color: var(--rivulet-on-accent); }
.sources { container-type: inline-size; font-size: .8667em; }
.sources > p { margin: 0; font-weight: 500; color: var(--rivulet-text-quiet); }
.sources summary { padding-block: .5em; color: var(--rivulet-text-quiet); }
.cards {
  display: flex; gap: .625em; margin: .5em -1em 0 0; padding: 0 1em .125em 0; list-style: none; overflow: auto hidden; scrollbar-width: none;
}
[dir="rtl"] .cards { margin: .5em 0 0 -1em; padding: 0 0 .125em 1em; }
.cards li { display: flex; flex: 0 0 11.85em; }
.card {
  display: flex; flex-direction: column; justify-content: space-between; gap: .3125em; inline-size: 100%; padding: .75em .85em;
  border: 1px solid var(--rivulet-border); border-radius: .9em; color: var(--rivulet-text); text-decoration: none;
}
a.card:hover { border-color: var(--rivulet-accent); }
.card:focus-visible { outline-offset: -2px; }
.card-title { font-weight: 600; line-height: 1.4; display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; overflow: hidden; }
.card-foot { display: flex; align-items: center; gap: .5em; color: var(--rivulet-text-quiet); }
.card-foot bdi { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; text-transform: capitalize; }
.card .number { flex: none; font-size: .9231em; }
@container (min-width: 40em) { .cards li { flex: 1 0 11.85em; max-inline-size: 20em; } }
@container (max-width: 23.5em) {
  .sources .cards { flex-direction: column; gap: .5em; margin-inline: 0; padding-inline: 0; }
  .sources .cards li { flex: none; }
  .sources .card { flex-direction: row-reverse; justify-content: flex-end; align-items: center; gap: .75em; min-block-size: 3.3847em; padding-block: 0; }
  .sources .card-title { -webkit-line-clamp: 1; }
  .sources .card bdi { display: none; }
}
.preview {
  position: absolute; display: flex; flex-direction: column; gap: .5em; padding: .875em 1em; overflow: auto; font-size: .9333em; line-height: 1.45;
  background: var(--rivulet-background); border: 1px solid var(--rivulet-border); border-radius: .9375em;
  box-shadow: 0 .125em .25em var(--rivulet-shadow), 0 .75em 2em var(--rivulet-shadow);
  animation: preview-fade .12s ease;
}
.preview:focus { outline: none; }
@keyframes preview-fade { from { opacity: 0; } }
.preview p { margin: 0; }
.preview-title { display: flex; align-items: baseline; gap: .5em; font-weight: 600; }
.preview .number { flex: none; font-size: .8571em; }
.preview-words { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 7; overflow: hidden; flex: none; white-space: pre-line; }
.preview mark {
  color: inherit; background: color-mix(in oklab, var(--rivulet-accent) 18%, transparent);
  box-shadow: 0 1px var(--rivulet-accent);
}
.preview-where { font-size: .9286em; color: var(--rivulet-text-quiet); }
.preview-link {
  display: flex; align-items: center; gap: .5em; margin-block-end: -.5em; padding-block: .5em;
  border-block-start: 1px solid var(--rivulet-border); font-weight: 600; text-decoration: none;
}
.preview-link:hover { text-decoration: underline; }
.preview-link .icon { inline-size: 1.1em; block-size: 1.1em; }
[dir="rtl"] .preview-link .icon { scale: -1 1; }
@media (pointer: coarse) { .preview-link { min-block-size: 44px; } }
@media print { .preview { display: none; } }
`;
