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

/** Chinese is here in simplified characters, which is another language to those who read traditional ones. */
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
 * Loads what the launcher says before the chat is loaded, and the site's greeting beside it. The script tag, which has
 * little room, only calls this.
 * @param then shows the launcher's words; a chat that is loaded shows its own
 */
export async function tell(
  host: UnloadedChat,
  english: LauncherWords,
  then?: (words: LauncherWords) => void,
): Promise<void> {
  const custom = host.strings ?? {};
  const tag = host.lang || document.documentElement.lang;
  const language = await loadLanguage(custom.chat?.lang ?? tag);
  const lang = custom.chat?.lang ?? language?.chat.lang;
  if (lang ?? custom.launcher)
    then?.({ ...english, ...language?.launcher, ...custom.launcher, lang: lang ?? english.lang });
  if (!host.getAttribute("greeting")) return;
  const { greet } = await import("../greeting/greeting.ts");
  greet(host, { ...greeting, ...language?.greeting, ...custom.greeting }, tag);
}

/**
 * Loads the words of a chat: the site's own, then those of the language, then English ones. A part that loads later
 * brings its English words.
 * @param tag BCP 47 tag
 * @param custom the site's own words
 */
export async function loadStrings(english: Strings, tag: string, custom: CustomStrings = {}): Promise<Strings> {
  const language: Partial<Language> = (await loadLanguage(custom.chat?.lang ?? tag)) ?? {};
  const part: Strings["part"] = (name, words) =>
    replaceWords(replaceWords(words, language[name] ?? {}), custom[name] ?? {});
  const words = part("chat", english);
  return {
    ...english,
    ...words,
    launcher: { ...part("launcher", english.launcher), lang: words.lang },
    announcements: part("announcements", english.announcements),
    part,
  };
}

/** Replaces those words that another language has. */
function replaceWords<Words extends object>(words: Words, others: object): Words {
  const before = new Map<string, unknown>(Object.entries(words));
  const replaced: [string, unknown][] = Object.entries(others).flatMap(([name, value]) => {
    const group = before.get(name);
    return value ? [[name, isGroup(group) && isGroup(value) ? replaceWords(group, value) : value]] : [];
  });
  return Object.assign({}, words, Object.fromEntries(replaced));
}

/** Whether it holds words, and not the plural forms of one text. */
function isGroup(value: unknown): value is object {
  return typeof value === "object" && value !== null && !("other" in value);
}
