/** A chat that a script tag has added, and the tag that its settings come from. */
interface EmbeddedChat {
  host: HTMLElement;
  script: HTMLScriptElement;
}

const registry: Record<symbol, Map<string, EmbeddedChat> | undefined> = globalThis;

/** The chats of all script tags, by name. Each run of the script finds those of the runs before it. */
const chats = (registry[Symbol.for("rivulet-chat")] ??= new Map<string, EmbeddedChat>());

/**
 * Adds the chat of a script tag beside the body, where it survives whatever a router does to the body. If a router runs
 * the tag again with the next page, the chat stays. A second tag beside the first one is ignored.
 * @param name says which chat it is, for the registry and for the site's developer
 * @param create creates the chat's element
 * @param update applies the tag's settings to it
 */
export function embedOnce(
  name: string,
  script: HTMLScriptElement,
  create: () => HTMLElement,
  update: (host: HTMLElement) => void,
): void {
  // the tags of these chats were part of an earlier page
  for (const [other, past] of chats)
    if (other !== name && !past.script.isConnected && chats.delete(other)) past.host.remove();
  const chat = chats.get(name) ?? { host: create(), script };
  chats.set(name, chat);
  if (!chat.script.isConnected) chat.script = script;
  if (chat.script === script) update(chat.host);
  else console.error(`Rivulet Chat: a second script tag is ignored: ${name}`);
  if (!chat.host.isConnected) document.documentElement.append(chat.host);
}
