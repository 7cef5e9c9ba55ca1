// What the script tag loads when somebody is about to chat. Its name in the build is API: `panel.js`.
import { borrowLauncher } from "./launcher/lending.ts";

/** Where the chat and the launcher are, beside this file. Their names say their content. Set by the build. */
declare const __RIVULET_CHAT__: string;
declare const __RIVULET_LEND__: string;

// When this file is asked for another time, one of these may be what could not be loaded. Some engines then ask for it
// again, under the address by which its other files know it; some remember the failure, and need another address.
const { search, searchParams } = new URL(import.meta.url);
async function load(path: string): Promise<void> {
  await import(path).catch((error: unknown) => {
    if (!searchParams.has("try")) throw error;
    return import(path + search);
  });
}

if (!borrowLauncher()) await load(__RIVULET_LEND__); // an older script tag, from a cache
await load(__RIVULET_CHAT__);
