// What the script tag loads when a visitor is about to chat. Its name in the build is public: `panel.js`.
import { registeredLauncher } from "./launcher-registry.ts";

/** The chat and the launcher, next to this file. Their names contain their hash. Set by the build. */
declare const __RIVULET_CHAT_FILE__: string;
declare const __RIVULET_LAUNCHER_FILE__: string;

// The script tag requests this file again, with another `try` in its address, after one of its parts failed to load.
// Some engines then fetch the part again under its own address; others remember the failure and need a new address.
const { search } = new URL(import.meta.url);
async function load(path: string): Promise<void> {
  await import(path).catch((error: unknown) => {
    if (/try=[1-9]/.test(search)) return import(path + search);
    throw error; // the first try
  });
}

if (!registeredLauncher()) await load(__RIVULET_LAUNCHER_FILE__); // a cached script tag of an earlier build
await load(__RIVULET_CHAT_FILE__);
