// What the script tag loads when a visitor is about to chat. Its name in the build is public: `panel.js`.
import type { loadLanguage } from "../strings/other-languages.ts";
import type { LauncherWords } from "../strings/strings.ts";
import { registeredLauncher } from "./launcher-registry.ts";

/** The chat, the launcher and the other languages, next to this file. Their names contain their hash. Set by the build. */
declare const __RIVULET_CHAT_FILE__: string;
declare const __RIVULET_LAUNCHER_FILE__: string;
declare const __RIVULET_LANGUAGES_FILE__: string;

// The script tag requests this file again, with another `try` in its address, after one of its parts failed to load.
// Some engines then fetch the part again under its own address; others remember the failure and need a new address.
const { search, searchParams } = new URL(import.meta.url);
function load<Module>(path: string): Promise<Module> {
  return import(path).catch((error: unknown) => {
    if (/try=[1-9]/.test(search)) return import(path + search);
    throw error; // the first try
  });
}

const tag = searchParams.get("lang");

/** The launcher's words before the chat is loaded, if the script tag has asked for those of another language. */
export const words: LauncherWords | undefined = await (tag === null ? loadChat() : loadWords(tag));

async function loadChat(): Promise<undefined> {
  if (!registeredLauncher()) await load(__RIVULET_LAUNCHER_FILE__); // a cached script tag of an earlier build
  await load(__RIVULET_CHAT_FILE__);
}

async function loadWords(tag: string): Promise<LauncherWords | undefined> {
  const languages = await load<{ loadLanguage: typeof loadLanguage }>(__RIVULET_LANGUAGES_FILE__);
  const language = await languages.loadLanguage(tag);
  return language && { ...language.launcher, lang: language.chat.lang };
}
