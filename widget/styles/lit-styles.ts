// In the build for the script tag, this file replaces Lit's module for styles, which also supports browsers without
// constructable style sheets. It has the exports that Lit imports.

export const supportsAdoptingStyleSheets = true;

export function unsafeCSS(text: string): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  return sheet;
}

export const css = undefined;

export const CSSResult = undefined;

export function adoptStyles(root: ShadowRoot, sheets: CSSStyleSheet[]): void {
  root.adoptedStyleSheets = sheets;
}

export function getCompatibleStyle(sheet: CSSStyleSheet): CSSStyleSheet {
  return sheet;
}
