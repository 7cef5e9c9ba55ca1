/** Named from U+00A0 on, one after the other. */
const latin =
  "nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml";
const others =
  "amp&lt<gt>quot\"apos'hellip…ndash–mdash—lsquo‘rsquo’ldquo“rdquo”bull•prime′Prime″lsaquo‹rsaquo›euro€trade™larr←uarr↑rarr→darr↓harr↔rArr⇒hArr⇔part∂infin∞sum∑minus−radic√asymp≈ne≠equiv≡le≤ge≥alphaαbetaβgammaγdeltaδDeltaΔlambdaλmuμpiπsigmaσSigmaΣomegaωOmegaΩensp\u2002emsp\u2003thinsp\u2009zwnj\u200Czwj\u200DOEligŒoeligœScaronŠscaronšDcaronĎcheck✓";

const named = new Map<string, string>();

/** Reads the lists when the first entity is met: most answers have none. */
function load(): void {
  latin.split(" ").forEach((name, index) => named.set(name, String.fromCharCode(0xa0 + index)));
  for (const [, name = "", char = ""] of others.matchAll(/([a-zA-Z]+)([^a-zA-Z])/g)) named.set(name, char);
}

/**
 * The character that an entity stands for. Of the named ones Latin 1's are known, and what else is written in prose: all 2,125
 * would weigh as much as the rest of the parser.
 * @param entity with `&` and `;`
 * @returns undefined where there is no such entity
 */
export function decodeEntity(entity: string): string | undefined {
  const code = /^&#(?:[xX]([\da-fA-F]+)|(\d+));$/.exec(entity);
  if (code) {
    const point = code[1] ? Number.parseInt(code[1], 16) : Number(code[2]);
    const isCharacter = point > 0 && point <= 0x10_ffff && (point < 0xd800 || point > 0xdfff);
    return isCharacter ? String.fromCodePoint(point) : "\uFFFD"; // section 2.5: invalid ones become U+FFFD
  }
  if (named.size === 0) load();
  return named.get(entity.slice(1, -1));
}
