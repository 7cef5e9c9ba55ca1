// What the script tag loads when somebody is about to chat. Its name in the build is API: `panel.js`.

/** Where the chat itself is, beside this file. Its name says its content. Set by the build. */
declare const __RIVULET_CHAT__: string;

// When this file is asked for another time, the chat may be what could not be loaded. Some engines then ask for it
// again, under the address by which its other files know it; some remember the failure, and need another address.
const { search, searchParams } = new URL(import.meta.url);
const chat: string = __RIVULET_CHAT__;
await import(chat).catch((error: unknown) => {
  if (!searchParams.has("try")) throw error;
  return import(chat + search);
});
