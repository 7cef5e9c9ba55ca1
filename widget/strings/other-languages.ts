// In the build for the script tag, this is `words.js`, whose name never changes.
import { greeting } from "./en.ts";
import type { Strings } from "./languages.ts";
import type { CustomStrings, Language, LauncherWords } from "./strings.ts";

/** The languages that load on demand, by the primary part of their tags. */
const files: ReadonlyMap<string, () => Promise<{ language: Language }>> = new Map([
  ["ar", () => import("./ar.ts")],
  ["de", () => import("./de.ts")],
  ["es", () => import("./es.ts")],
  ["fr", () => import("./fr.ts")],
  ["he", () => import("./he.ts")],
  ["ja", () => import("./ja.ts")],
  ["pt", () => import("./pt.ts")],
  ["zh", () => import("./zh.ts")],
]);

/** Tags of traditional Chinese. The chat's Chinese is simplified, so readers of traditional Chinese get English. */
const traditional = /^zh[-_](hant|tw|hk|mo)/i;

/**
 * Loads the words for a language.
 * @param tag BCP 47 tag; its primary part decides
 * @returns undefined for English, for a language that the chat does not have, and if it cannot be loaded
 */
async function loadLanguage(tag: string): Promise<Language | undefined> {
  const [primary = ""] = tag.toLowerCase().split(/[-_]/);
  const load = traditional.test(tag) ? undefined : files.get(primary);
  try {
    return (await load?.())?.language;
  } catch (error) {
    console.error(`Rivulet Chat: the language ${tag} could not be loaded, so the chat is in English.`, error);
    return undefined;
  }
}

/** The element of a script tag, before the chat is loaded. */
export interface UnloadedChat extends HTMLElement {
  /** The site's own words. */
  strings?: CustomStrings;
}

/**
 * Loads the launcher's words for the time before the chat is loaded, and the site's greeting beside the launcher. The
 * script tag's own file must be small, so it only calls this function.
 * @param then shows the launcher's words; undefined if the loaded chat shows its own
 */
export async function tell(
  host: UnloadedChat,
  english: LauncherWords,
  then?: (words: LauncherWords) => void,
): Promise<void> {
  const custom = host.strings ?? {};
  const tag = host.lang || document.documentElement.lang;
  const ownLang = langOf(custom);
  const language: Partial<Language> = (await loadLanguage(ownLang ?? tag)) ?? {};
  const lang = ownLang ?? language.chat?.lang;
  if (lang ?? custom.launcher) then?.({ ...partOf("launcher", english, language, custom), lang: lang ?? english.lang });
  if (!host.getAttribute("greeting")) return;
  const { greet } = await import("../greeting/greeting.ts");
  greet(host, partOf("greeting", greeting, language, custom), tag);
}

/**
 * Loads the words of a chat. The site's own words come first, then those of the language, then English ones. A part
 * that loads later brings its English words along.
 * @param tag BCP 47 tag
 * @param custom the site's own words
 */
export async function loadStrings(english: Strings, tag: string, custom: CustomStrings = {}): Promise<Strings> {
  const lang = langOf(custom);
  const language: Partial<Language> = (await loadLanguage(lang ?? tag)) ?? {};
  const part: Strings["part"] = (name, words) => partOf(name, words, language, custom);
  const words = part("chat", english);
  words.lang = lang ?? language.chat?.lang ?? english.lang;
  return {
    ...english,
    ...words,
    launcher: { ...part("launcher", english.launcher), lang: words.lang },
    announcements: part("announcements", english.announcements),
    part,
  };
}

/** The tag of the site's own words, if the browser understands it. Pages also write `pt_BR`. */
function langOf({ chat }: CustomStrings): string | undefined {
  try {
    return Intl.getCanonicalLocales(chat?.lang?.replaceAll("_", "-"))[0];
  } catch {
    report("chat.lang", "write a BCP 47 tag, as in pt-BR");
    return undefined;
  }
}

/** The words of a part. The site's own words come first, then those of the language, then English ones. */
function partOf<Name extends keyof Language>(
  name: Name,
  words: Language[Name],
  language: Partial<Language>,
  custom: CustomStrings,
): Language[Name] {
  return replaceWords(replaceWords(words, language[name] ?? {}), fittingWords(words, custom[name], name));
}

/**
 * The site's own words that have the same type as the chat's words. A word of another type would break the rendering of
 * the chat.
 * @param words the English words
 * @param path the part's name, for the report about a word that is ignored
 */
function fittingWords(words: object, own: object | undefined, path: string): object {
  const kinds = new Map<string, unknown>(Object.entries(words));
  const entries: [string, unknown][] = Object.entries(own ?? {});
  const fitting = entries.flatMap(([name, value]): [string, unknown][] => {
    const [word, place] = [kinds.get(name), `${path}.${name}`];
    if (!value || word === undefined) return [];
    if (isGroup(word)) return isGroup(value) ? [[name, fittingWords(word, value, place)]] : [];
    const isCounted = typeof word !== "string" || word.includes("#");
    if (typeof value === "string" || (isCounted && isPlural(value))) return [[name, value]];
    report(place, `it must be a string${isCounted ? ' or plural forms, with "other"' : ""}`);
    return [];
  });
  return Object.fromEntries(fitting);
}

function isPlural(value: unknown): boolean {
  return value instanceof Object && "other" in value && Object.values(value).every((form) => typeof form === "string");
}

const reported = new Set<string>();

/** Tells the site's developer, once, about a word that is ignored. */
function report(path: string, fix: string): void {
  if (reported.has(path)) return;
  reported.add(path);
  console.error(`Rivulet Chat: strings.${path} is ignored: ${fix}.`);
}

/** Replaces the words that `others` also has. */
function replaceWords<Words extends object>(words: Words, others: object): Words {
  const before = new Map<string, unknown>(Object.entries(words));
  const replaced: [string, unknown][] = Object.entries(others).flatMap(([name, value]) => {
    const group = before.get(name);
    return value ? [[name, isGroup(group) && isGroup(value) ? replaceWords(group, value) : value]] : [];
  });
  return Object.assign({}, words, Object.fromEntries(replaced));
}

/** Whether a value is a group of words, and not the plural forms of one text. */
function isGroup(value: unknown): value is object {
  return typeof value === "object" && value !== null && !("other" in value);
}
