/**
 * Styles of chips, cards and previews. A chip fits into a line of text, but the area that reacts to the pointer is
 * larger than the chip. The word joiner before a chip keeps it on the same line as the preceding word.
 */
export const sourcesStyles = `
.citations { font-size: inherit; line-height: 0; vertical-align: baseline; white-space: nowrap; -webkit-user-select: none; user-select: none; }
.citations::before { content: "\\2060"; }
:not(p, h1, h2, h3, h4, h5, h6, td, th) > .citations { display: block; line-height: 1.6; }
.citation, .number {
  display: inline-block; flex: none; min-inline-size: 1.5em; padding: 0 .375em; border: 1px solid transparent; border-radius: .5em;
  font-size: .8em; font-weight: 600; line-height: 1.375; text-align: center;
  color: var(--rivulet-accent-text); background: var(--rivulet-soft);
}
.citation { position: relative; margin-inline-start: .3125em; cursor: pointer; }
.citation::before { content: attr(data-source); }
.citation::after { content: ""; position: absolute; inset: -.3125em -.1875em; }
.citation:hover, a.card:hover { border-color: var(--rivulet-accent-text); }
.citation[aria-expanded="true"], .preview .number { background: var(--rivulet-fill); color: var(--rivulet-on-accent); }
.sources { container-type: inline-size; font-size: .87em; color: var(--rivulet-text-quiet); }
.sources p, .preview p { margin: 0; }
.sources summary { padding-block: .5em; }
.cards {
  display: flex; gap: .625em; margin: .5em 0 0; margin-inline-end: -1em; padding: 0; list-style: none; overflow: auto hidden; scrollbar-width: none;
}
.cards li { display: flex; flex: 0 0 11.85em; }
.card {
  display: flex; flex: 1; flex-direction: column; justify-content: space-between; gap: .3125em; padding: .75em .85em;
  border: 1px solid var(--rivulet-border); border-radius: .9em; background: var(--rivulet-raised); color: inherit; text-decoration: none;
}
.card:focus-visible { outline-offset: -2px; }
.card-title, .preview-words { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; overflow: hidden; flex: none; }
[dir="rtl"] .card-title { text-align: right; }
[dir="ltr"] .card-title { text-align: left; }
.card-title { line-height: 1.4; font-weight: 600; color: var(--rivulet-text); }
.card-foot { display: flex; gap: .5em; }
.card .number { font-size: .92em; }
.path { text-transform: capitalize; }
@container (max-width: 23.5em) {
  .cards { flex-direction: column; margin-inline: 0; }
  .cards li { flex: none; }
  .card { flex-direction: row-reverse; justify-content: flex-end; align-items: center; gap: .75em; min-block-size: 3.4em; padding-block: 0; }
  .card-title { flex: 1; -webkit-line-clamp: 1; }
  .card bdi { display: none; }
}
.preview {
  position: absolute; inset-inline: 1.34em; max-inline-size: 44em; margin-inline: auto; display: flex; flex-direction: column; gap: .5em; padding: .875em 1em; overflow: auto; font-size: .93em;
  background: var(--rivulet-raised); border: 1px solid var(--rivulet-border); border-radius: .9em;
  box-shadow: 0 .5em 1.5em var(--rivulet-shadow);
}
.preview-title { display: flex; align-items: baseline; gap: .5em; font-weight: 600; }
.preview-words { -webkit-line-clamp: 7; }
.preview mark {
  color: inherit; background: var(--rivulet-soft); box-shadow: 0 1px var(--rivulet-soft-border);
}
.preview-where { font-size: .93em; color: var(--rivulet-text-quiet); }
.preview-link {
  display: flex; align-items: center; gap: .5em; margin-block-end: -.5em; min-block-size: 2.75em;
  border-block-start: 1px solid var(--rivulet-border); font-weight: 600; text-decoration: none;
}
[dir="rtl"] .preview .icon { scale: -1 1; }
`;
