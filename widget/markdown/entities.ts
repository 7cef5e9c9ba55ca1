/** Accents by the end of the entity's name: `eacute` is an `e` with an acute accent. */
const marks = [
  "grave\u0300",
  "acute\u0301",
  "circ\u0302",
  "tilde\u0303",
  "uml\u0308",
  "ring\u030A",
  "caron\u030C",
  "cedil\u0327",
];

/** Names, each followed by its character. */
const others =
  "amp&lt<gt>quot\"apos'nbsp\u00A0shy\u00ADcopy©reg®trade™hellip…ndash–mdash—lsquo‘rsquo’ldquo“rdquo”laquo«raquo»bull•middot·sect§deg°micro\u00B5plusmn±times×divide÷minus−frac14¼frac12½frac34¾cent¢pound£yen¥euro€AEligÆaeligæOEligŒoeligœOslashØoslashøszligßlarr←rarr→infin∞asymp≈ne≠le≤ge≥piπ";

const named = new Map<string, string>();

/** Parses the lists at the first entity: most answers contain none. */
function load(): void {
  for (const [, name = "", char = ""] of others.matchAll(/([a-zA-Z]+(?:14|12|34)?)([^a-zA-Z\d])/g))
    named.set(name, char);
}

/**
 * The character of an entity. Only the named entities that occur in prose are known: all 2,125 would be as large as the
 * rest of the parser.
 * @param entity with `&` and `;`
 * @returns undefined if there is no such entity
 */
export function decodeEntity(entity: string): string | undefined {
  const code = /^&#(?:[xX]([\da-fA-F]+)|(\d+));$/.exec(entity);
  if (code) {
    const point = code[1] ? Number.parseInt(code[1], 16) : Number(code[2]);
    const isCharacter = point > 0 && point <= 0x10_ffff && (point < 0xd800 || point > 0xdfff);
    return isCharacter ? String.fromCodePoint(point) : "\uFFFD"; // section 2.5: invalid ones become U+FFFD
  }
  if (named.size === 0) load();
  const name = entity.slice(1, -1);
  const mark = marks.find((each) => each.slice(0, -1) === name.slice(1));
  const composed = mark && (name.charAt(0) + mark.slice(-1)).normalize();
  return named.get(name) ?? (composed?.length === 1 ? composed : undefined);
}
