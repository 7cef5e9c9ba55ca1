import { launcher } from "../embed/launcher.ts";
import { announcements, chat } from "./en.ts";
import type { AnnouncementStrings, ChatStrings, Language, LauncherWords } from "./strings.ts";

/** The words of one chat, in its language. */
export interface Strings extends ChatStrings {
  launcher: LauncherWords;
  announcements: AnnouncementStrings;
  /** The words of a part that loads later. @param words its English words, which load with it */
  part<Name extends keyof Language>(name: Name, words: Language[Name]): Language[Name];
}

/** The English words that a first answer needs. */
export const english: Strings = { ...chat, launcher: launcher.strings, announcements, part: (_, words) => words };
