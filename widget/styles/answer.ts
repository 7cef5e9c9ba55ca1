/**
 * Styles of an answer's Markdown. Blocks have space above them; a heading has more space above than below.
 * Each block and list item is isolated, so that browsers repaint only what grows.
 * A table that overflows shows a shadow at its edge. The overlay that hides the shadow scrolls with the table.
 * No selector depends on following siblings: browsers would recalculate the style of all siblings with each block.
 * The head of a code block is not part of a selection, so it is not copied with the text around it.
 * The text of a link is isolated, so that right-to-left text around it does not change its order.
 * A single newline breaks the line, as models intend. The off-screen part of a long answer is not laid out.
 */
export const answerStyles = `
.answer {
  line-height: 1.6; max-inline-size: 44em;
  --_code: color-mix(in srgb, var(--rivulet-text) 4%, transparent); }
.part { content-visibility: auto; contain-intrinsic-block-size: auto 100em; overflow-clip-margin: .5em; }
:is(.answer, .part) > *, .answer li { isolation: isolate; }
:where(.answer :is(p, h1, h2, h3, h4, h5, h6, ul, ol, li, blockquote, pre, hr)) { margin: 0; }
.answer :is(p, h1, h2, h3, h4, h5, h6, td, th) { white-space: pre-line; text-align: start; }
:is(.answer, .part) > *, .answer :is(li, blockquote, .note > div) > :not(:first-child) { margin-block-start: .85em; }
:is(.answer, .part) > :is(h1, h2) { margin-block-start: 1.5em; }
:is(.answer, .part) > :is(h3, h4, h5, h6) { margin-block-start: 1.25em; }
.answer > :is(:first-child, .part) { margin-block-start: 0; }
:is(.answer, .part) > :is(h1, h2, h3, h4, h5, h6) { margin-block-end: -.35em; }
.answer :is(h1, h2, h3, h4, h5, h6) { font-weight: 600; line-height: 1.3; text-wrap: balance; }
:lang(ja) { word-break: auto-phrase; }
:lang(ja) em { font-style: normal; font-weight: 600; }
.answer h1 { font-size: 1.3333em; }
.answer h2 { font-size: 1.2em; }
.answer h3 { font-size: 1.0667em; }
.answer :is(h4, h5, h6) { font-size: 1em; }
.answer :is(h5, h6) { color: var(--rivulet-text-quiet); }
.answer :is(strong, th) { font-weight: 600; }
.answer :is(ul, ol) { padding-inline-start: 1.5em; }
.answer .long { padding-inline-start: 3.25em; }
.answer li::marker { color: var(--rivulet-text-quiet); font-variant-numeric: tabular-nums; }
.answer li:not(:first-child) { margin-block-start: .6em; }
.answer .tight > li:not(:first-child) { margin-block-start: .25em; }
.answer .tight > li > :not(:first-child) { margin-block-start: .25em; }
.answer .task { list-style: none; }
.answer li > p > input { margin: 0; margin-inline: -1.35em .5em; vertical-align: -.1em; accent-color: var(--rivulet-fill); }
.answer a { unicode-bidi: isolate; }
.answer a:not([href]) { color: inherit; }
.answer blockquote {
  padding-inline-start: 1em; border-inline-start: .1875em solid var(--rivulet-border); color: var(--rivulet-text-quiet);
}
:is(.answer, .part) > hr { border: 0; border-block-start: 1px solid var(--rivulet-border); margin-block: 1.5em; }
.answer code { font-family: var(--rivulet-font-mono); font-size: .875em; font-variant-ligatures: none; }
.answer :not(pre) > code { padding: .125em .3125em; border-radius: .3125em; background: var(--_code); overflow-wrap: anywhere; }
.code { border: 1px solid var(--rivulet-border); border-radius: .625em; background: var(--_code); overflow: clip; }
.code-head {
  display: flex; align-items: center; justify-content: space-between; gap: 1em; min-block-size: 2.5em;
  padding-inline: .875em .25em; font-size: .8em; color: var(--rivulet-text-quiet);
  -webkit-user-select: none; user-select: none;
}
.copy { flex: none; min-block-size: 2.5em; padding: 0 .75em; border: 0; border-radius: .5em; background: none; color: inherit; cursor: pointer; }
.code :focus-visible, .table:focus-visible, .math:focus-visible { outline-offset: -2px; }
.copy:hover { background: var(--rivulet-border); color: var(--rivulet-text); }
.code pre {
  padding: .125em .875em .875em; overflow: auto hidden; white-space: pre; tab-size: 4; line-height: 1.5; overflow-wrap: normal;
  scrollbar-width: thin;
}
.code code { font-size: .8333em; }
.table {
  overflow: auto hidden; scrollbar-width: thin; border: 1px solid var(--rivulet-border); border-radius: .625em;
  background:
    linear-gradient(to right, var(--rivulet-background) 50%, transparent) 0 / 2em 100% local,
    linear-gradient(to left, var(--rivulet-background) 50%, transparent) 100% / 2em 100% local,
    linear-gradient(to right, var(--rivulet-shadow), transparent) 0 / .75em 100%,
    linear-gradient(to left, var(--rivulet-shadow), transparent) 100% / .75em 100%;
  background-repeat: no-repeat;
}
.answer table {
  border-collapse: collapse; min-inline-size: 100%; font: inherit; font-size: .9333em; line-height: 1.45; color: inherit;
}
.answer :is(th, td) {
  padding: .5em .65em; vertical-align: top; max-inline-size: 24em; overflow-wrap: break-word;
}
.answer td { min-inline-size: 6.5em; border-block-start: 1px solid var(--rivulet-border); }
.answer [data-short] { min-inline-size: 0; white-space: nowrap; }
.answer th { background: var(--_code); }
.answer .left { text-align: left; }
.answer .center { text-align: center; }
.answer .right { text-align: right; font-variant-numeric: tabular-nums; }
.math[data-math=display] { display: block; overflow: auto hidden; scrollbar-width: thin; text-align: center; padding-block: .25em; }
.math math { font-size: 1.1em; }
.note-reference {
  padding: 0 .2em; border: 0; background: none; color: var(--rivulet-accent-text); cursor: pointer;
  font-size: .75em; line-height: 1; vertical-align: super; text-decoration: underline;
}
.answer > .notes { margin-block-start: 1.5em; padding-block-start: 1em; border-block-start: 1px solid var(--rivulet-border);
  font-size: .8667em; color: var(--rivulet-text-quiet); }
.note { display: flex; gap: .5em; }
.note:not(:first-child) { margin-block-start: .35em; }
.note > div { min-inline-size: 0; flex: 1; }
.note-label { min-inline-size: 1.25em; font-variant-numeric: tabular-nums; }
`;
