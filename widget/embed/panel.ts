// What the script tag loads when a visitor is about to chat. Its name in the build is public: `panel.js`.
import { registeredLauncher } from "./launcher-registry.ts";

/** Addresses of the chat's and the launcher's files, next to this file. The names contain a hash. Set by the build. */
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

if (!registeredLauncher()) await load(__RIVULET_LAUNCHER_FILE__); // the browser has cached an earlier build's script
await load(__RIVULET_CHAT_FILE__);
