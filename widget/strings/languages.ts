import { launcher } from "../embed/launcher.ts";
import { announcements, chat } from "./en.ts";
import type { AnnouncementStrings, Language } from "./strings.ts";

/** The parts that a first answer needs. The other parts load with the code that shows them. */
const english = { chat, launcher: launcher.strings, announcements } satisfies Language;
const languages = new Map<string, Language>();

/** Adds a language under its `chat.lang`, either a primary tag (`de`) or a regional one (`pt-BR`). */
export function addLanguage(language: Language): void {
  languages.set(language.chat.lang.toLowerCase(), language);
}

/**
 * The strings for a language, or English if the language was not added.
 * @param tag a BCP 47 tag such as `de-AT`; its primary part is the second choice
 */
export function languageFor(tag: string): Language & { announcements: AnnouncementStrings } {
  const wanted = tag.toLowerCase();
  const primary = wanted.split("-")[0] ?? "";
  return { ...english, ...(languages.get(wanted) ?? languages.get(primary)) };
}
