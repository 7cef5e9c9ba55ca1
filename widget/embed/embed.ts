import type { tell, UnloadedChat } from "../strings/other-languages.ts";
import { readSettings } from "./embed-settings.ts";
import { launcher } from "./launcher.ts";
import type { LauncherWords } from "../strings/strings.ts";
import type { LauncherState } from "./launcher-button.ts";
import { registerLauncher } from "./launcher-registry.ts";
import { readSavedPanelState } from "./saved-panel-state.ts";

/** Identifies this build, so that a page never combines a script with the panel of another build. Set by the build. */
declare const __RIVULET_BUILD__: string;

const { ensureLauncher, showLauncher, strings, launcherSheet } = launcher;

const elementName: string = "rivulet-chat";

/** The element's methods, which a page may call before the panel is loaded. */
const methods = ["show", "hide", "toggle", "send", "stop", "newConversation", "reset"] as const;

type Methods = { [Name in (typeof methods)[number]]?: (...values: unknown[]) => unknown };

/** The part of `words.js` that is used here: the build makes that file from `widget/strings/other-languages.ts`. */
interface LanguageLoader {
  tell: typeof tell;
}

/** The element of a script tag. */
interface EmbeddedChat extends UnloadedChat, Methods {
  script?: HTMLScriptElement;
}

declare global {
  interface Window {
    rivulet?: unknown;
  }
}

registerLauncher(launcher);
const tags = findTags();
if (tags.length === 0) console.error("Rivulet Chat: no script tag");
if (document.body) tags.forEach(embed);
else addEventListener("DOMContentLoaded", () => tags.forEach(embed));

/**
 * Finds the tag of this script; if it is unknown, all tags with its name. Modules have no `currentScript`, and
 * evaluated code has one without an address.
 */
function findTags(): HTMLScriptElement[] {
  const { currentScript } = document;
  if (currentScript && "src" in currentScript && currentScript.src) return [currentScript];
  return [...document.querySelectorAll<HTMLScriptElement>('script[src*="/rivulet.js"]')];
}

/**
 * Adds the chat of a tag to the page, with a launcher that needs no other file. The chat is beside the body, so that it
 * survives whatever a router does to the body. If the router runs a tag again with the next page, the chat continues.
 */
function embed(script: HTMLScriptElement): void {
  const [attributes, properties] = readSettings(script, window.rivulet);
  let isOpening = attributes.delete("open");
  const isDefined = customElements.get(elementName);
  let taken: EmbeddedChat | undefined;
  for (const chat of document.querySelectorAll<EmbeddedChat>("html>rivulet-chat")) {
    if (chat.script?.isConnected) {
      if (chat.getAttribute("assistant") !== attributes.get("assistant")) continue;
      console.warn("Rivulet Chat: duplicate script tag:", script);
    }
    isOpening ||= chat.hasAttribute("open");
    if (taken || !isDefined) chat.remove();
    else taken = chat;
  }
  const host: EmbeddedChat = taken ?? document.createElement(elementName);
  host.dir = document.body.dir; // the element is not in the body, so it does not inherit the direction
  for (const [name, value] of attributes) host.setAttribute(name, value);
  Object.assign(host, properties, { script });
  if (taken) return;
  const { isOpen = isOpening, isPending } = readSavedPanelState(attributes);
  host.toggleAttribute("open", Boolean(isOpen));
  const panel = new URL(`panel.js?v=${__RIVULET_BUILD__}`, script.src).href;
  const load = createLoader(panel);
  const then = isDefined || attributes.get("mode") === "inline" ? void load() : drawLauncher(host, load, isPending);
  const lang = host.lang || document.documentElement.lang;
  if (host.strings || host.getAttribute("greeting") || /^(?!en\b)./i.test(lang))
    void import(`${new URL("words.js", panel)}`).then(({ tell }: LanguageLoader) => tell(host, strings, then));
  document.documentElement.append(host);
}

/**
 * Draws the launcher, and loads the panel when a visitor is about to use it.
 * @param isPending whether a turn is running: the panel is then loaded at once, even if it is closed
 * @returns a function that changes the launcher's words
 */
function drawLauncher(
  host: EmbeddedChat,
  load: () => Promise<unknown>,
  isPending: unknown,
): (found: LauncherWords) => void {
  const root = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(launcherSheet);
  root.adoptedStyleSheets = [sheet];
  const button = ensureLauncher(host, root);
  let words = strings;
  const say = (state: LauncherState) => showLauncher(button, state, words);
  say("closed");

  const show = (state: LauncherState) => host.hasAttribute("open") && say(state);
  const prepare = () => {
    show("loading");
    return load().catch((error: unknown) => {
      show("failed");
      host.removeAttribute("open");
      throw error;
    });
  };
  const prepareSilently = () => void prepare().catch(() => undefined); // the launcher and the console show the failure
  const waiting = new AbortController();
  const { signal } = waiting;
  for (const type of ["pointerenter", "focus"]) button.addEventListener(type, prepareSilently, { signal });
  button.addEventListener(
    "click",
    () => {
      button.focus(); // some browsers do not focus it; the focus tells the element that the visitor opened the panel
      host.toggleAttribute("open");
      prepareSilently();
    },
    { signal },
  );
  addProxies(host, prepare);
  void customElements.whenDefined(elementName).then(() => {
    waiting.abort(); // the element listens from now on
    for (const name of methods) delete host[name];
  });
  if (isPending || host.hasAttribute("open")) prepareSilently();
  return (found) => {
    words = found;
    if (!signal.aborted) say("closed");
  };
}

/**
 * Creates the function that loads the panel. It sends one request at a time. After a failure, the next call uses
 * another address, because engines cache failed imports.
 */
function createLoader(panel: string): () => Promise<unknown> {
  let loading: Promise<unknown> | undefined;
  let tries = 0;
  return () =>
    (loading ??= import(`${panel}&try=${tries++}`).catch((error: unknown) => {
      loading = undefined;
      console.error("Rivulet Chat:", panel, error);
      throw error;
    }));
}

/**
 * Until the element is defined, calling one of its methods or setting `open` loads the panel first. The element takes over
 * the value of `open`.
 */
function addProxies(host: EmbeddedChat, prepare: () => Promise<unknown>): void {
  for (const name of methods)
    host[name] = async (...values) => {
      if (name === "show") host.toggleAttribute("open", true);
      await prepare();
      return host[name]?.(...values);
    };
  Object.defineProperty(host, "open", {
    get: () => host.hasAttribute("open"),
    set: (value: unknown) => {
      if (host.toggleAttribute("open", Boolean(value))) prepare().catch(() => undefined);
    },
    configurable: true,
  });
}
