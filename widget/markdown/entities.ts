import { withoutOverrides } from "./bidi.ts";

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

const namedEntity = /&[a-zA-Z][a-zA-Z\d]{1,31};/g;

let named: Map<string, string> | undefined;
let isLoaded = false;
let loading: Promise<void> | undefined;

/** Parses the lists at the first entity: most answers contain none. */
function readCommon(): Map<string, string> {
  const pairs = others.matchAll(/([a-zA-Z]+(?:14|12|34)?)([^a-zA-Z\d])/g);
  return new Map(Array.from(pairs, ([, name = "", char = ""]) => [name, char]));
}

/**
 * The character of an entity. The named entities that occur in prose are always known, all others once
 * {@link loadEntities} has loaded them: they would be as large as half of the parser.
 * @param entity with `&` and `;`
 * @returns undefined if there is no such entity, or it is not known yet
 */
export function decodeEntity(entity: string): string | undefined {
  const code = /^&#(?:[xX]([\da-fA-F]+)|(\d+));$/.exec(entity);
  if (code) {
    const point = code[1] ? Number.parseInt(code[1], 16) : Number(code[2]);
    const isCharacter = point > 0 && point <= 0x10_ffff && (point < 0xd800 || point > 0xdfff);
    const char = isCharacter ? String.fromCodePoint(point) : "";
    return withoutOverrides(char) || "\uFFFD"; // section 2.5: invalid ones become U+FFFD
  }
  named ??= readCommon();
  const name = entity.slice(1, -1);
  const mark = marks.find((each) => each.slice(0, -1) === name.slice(1));
  const composed = mark && (name.charAt(0) + mark.slice(-1)).normalize();
  return named.get(name) ?? (composed?.length === 1 ? composed : undefined);
}

/** Whether a text contains an entity that {@link loadEntities} may make known. */
export function lacksEntities(text: string): boolean {
  return !isLoaded && [...text.matchAll(namedEntity)].some(([entity]) => decodeEntity(entity) === undefined);
}

/** Loads all named entities. @throws if that fails, for example offline: the next call tries again */
export async function loadEntities(): Promise<void> {
  loading ??= import("./entity-table.ts").then(({ readEntities }) => {
    named = readEntities();
    isLoaded = true;
  });
  try {
    await loading;
  } catch (error) {
    loading = undefined;
    throw error;
  }
}
