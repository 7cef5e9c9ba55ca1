import { withoutOverrides } from "./bidi.ts";
import { loadOnce } from "./load-once.ts";

const namedEntity = /&[a-zA-Z][a-zA-Z\d]{1,31};/g;

/** The entities that models write most. */
let named: ReadonlyMap<string, string> = new Map([
  ["amp", "&"],
  ["lt", "<"],
  ["gt", ">"],
  ["quot", '"'],
  ["apos", "'"],
  ["nbsp", "\u00A0"],
  ["ndash", "–"],
  ["mdash", "—"],
  ["hellip", "…"],
  ["rarr", "→"],
  ["times", "×"],
  ["copy", "©"],
]);
let isLoaded = false;

/**
 * The character of an entity. A few named entities are always known. All others are known once {@link loadEntities} has
 * loaded them: their table is half as large as the parser.
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
  return named.get(entity.slice(1, -1));
}

/** Whether a text contains an entity that {@link loadEntities} may make known. */
export function lacksEntities(text: string): boolean {
  return !isLoaded && [...text.matchAll(namedEntity)].some(([entity]) => decodeEntity(entity) === undefined);
}

/** Loads all named entities. */
export const loadEntities = loadOnce(async () => {
  const { readEntities } = await import("./entity-table.ts");
  named = readEntities();
  isLoaded = true;
});
