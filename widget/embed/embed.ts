import { readSettings } from "./embed-settings.ts";
import { embedOnce } from "./embedded-chats.ts";
import { launcher } from "./launcher.ts";
import { registerLauncher } from "./launcher-registry.ts";
import { readSavedPanelState } from "./saved-panel-state.ts";

/** Identifies this build, so that a page never combines a script with the panel of another build. Set by the build. */
declare const __RIVULET_VERSION__: string;

const { ensureLauncher, showLauncher, strings, styles } = launcher;

const elementName = "rivulet-chat";

/** The element's methods, which a page may call before the panel is loaded. */
const methods = ["show", "hide", "toggle", "send", "stop", "newConversation", "reset"];

registerLauncher(launcher);
const tags = findTags();
if (document.body) tags.forEach(embed);
else addEventListener("DOMContentLoaded", () => tags.forEach(embed), { once: true });
if (tags.length === 0) console.error("Rivulet Chat: no script tag for rivulet.js.");

/** The tag of this script. Modules have no `currentScript`, and evaluated code has one without an address. */
function findTags(): HTMLScriptElement[] {
  const { currentScript } = document;
  if (currentScript instanceof HTMLScriptElement && currentScript.src) return [currentScript];
  return [...document.querySelectorAll<HTMLScriptElement>('script[src*="/rivulet.js"]')];
}

/** Adds the chat of a tag to the page, with a launcher that needs no other file. */
function embed(script: HTMLScriptElement): void {
  const { attributes, properties } = readSettings(script, "rivulet" in window ? window.rivulet : undefined);
  embedOnce(
    ["assistant", "mode", "endpoint"].map((name) => attributes.get(name)).join(" "),
    script,
    () => createChat(attributes, new URL(`panel.js?v=${__RIVULET_VERSION__}`, script.src).href),
    (host) => {
      for (const [name, value] of attributes) if (name !== "open") host.setAttribute(name, value);
      Object.assign(host, Object.fromEntries(properties));
    },
  );
}

function createChat(attributes: ReadonlyMap<string, string>, panel: string): HTMLElement {
  const host = document.createElement(elementName);
  const { isOpen, isPending } = readSavedPanelState(attributes);
  host.toggleAttribute("open", typeof isOpen === "boolean" ? isOpen : attributes.has("open"));
  const load = createLoader(panel);
  if (!customElements.get(elementName) && attributes.get("mode") !== "inline")
    drawLauncher(host, load, isPending === true);
  else load().catch(() => undefined); // the console shows the failure
  return host;
}

/**
 * Draws the launcher, and loads the panel when a visitor is about to use it.
 * @param isPending a turn is running: the panel is loaded at once, even if it is closed
 */
function drawLauncher(host: HTMLElement, load: () => Promise<unknown>, isPending: boolean): void {
  const root = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(styles);
  root.adoptedStyleSheets = [sheet];
  const button = ensureLauncher(root);
  showLauncher(button, "closed", strings);

  const waiting = new AbortController();
  const prepare = async () => {
    const isOpening = () => host.hasAttribute("open");
    if (isOpening()) showLauncher(button, "loading", strings);
    try {
      await load();
      waiting.abort(); // the element listens from now on
      await Reflect.get(host, "updateComplete"); // rejects if the element cannot be drawn
    } catch (error) {
      if (isOpening()) showLauncher(button, "failed", strings);
      host.removeAttribute("open");
      throw error;
    }
  };
  const prepareSilently = () => void prepare().catch(() => undefined); // the launcher and the console show the failure
  const { signal } = waiting;
  button.addEventListener("pointerenter", prepareSilently, { signal });
  button.addEventListener("focus", prepareSilently, { signal });
  button.addEventListener(
    "click",
    () => {
      button.focus(); // not every engine does so; the focus tells the element that the visitor opened the panel
      host.toggleAttribute("open");
      prepareSilently();
    },
    { signal },
  );
  addMethodProxies(host, prepare);
  addOpenProxy(host, prepareSilently);
  if (isPending || host.hasAttribute("open")) prepareSilently();
}

/** Sends one request at a time. After a failure the next call uses another address, because engines cache failed imports. */
function createLoader(panel: string): () => Promise<unknown> {
  let loading: Promise<unknown> | undefined;
  let tries = 0;
  return () =>
    (loading ??= import(tries++ === 0 ? panel : `${panel}&try=${tries}`).catch((error: unknown) => {
      loading = undefined;
      console.error(`Rivulet Chat: ${panel} could not be loaded.`, error);
      throw error;
    }));
}

/** Until the element is defined, calling one of its methods loads the panel first. */
function addMethodProxies(host: HTMLElement, prepare: () => Promise<void>): void {
  for (const name of methods) {
    const proxy = async (...values: unknown[]): Promise<unknown> => {
      await prepare();
      const method: unknown = Reflect.get(host, name);
      return typeof method === "function" ? Reflect.apply(method, host, values) : undefined;
    };
    Object.defineProperty(host, name, { value: proxy, configurable: true });
  }
  void customElements
    .whenDefined(elementName)
    .then(() => methods.forEach((name) => Reflect.deleteProperty(host, name)));
}

/** The same for the property `open`. The element takes its value over and removes it. */
function addOpenProxy(host: HTMLElement, prepare: () => void): void {
  Object.defineProperty(host, "open", {
    get: () => host.hasAttribute("open"),
    set: (value: unknown) => {
      if (host.toggleAttribute("open", Boolean(value))) prepare();
    },
    configurable: true,
  });
}
