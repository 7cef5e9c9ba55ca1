import { readEarlierPlace } from "./embed-place.ts";
import { readSettings } from "./embed-settings.ts";
import type { EmbedSettings } from "./embed-settings.ts";
import { launcherKit } from "./launcher/kit.ts";
import { lendLauncher } from "./launcher/lending.ts";

/** Names this build, so that a page never mixes a script with a panel of another one. Set by the build. */
declare const __RIVULET_VERSION__: string;

const { ensureLauncher, showLauncher, strings, styles } = launcherKit;

const elementName = "rivulet-chat";

/** The element's methods, which a page may call before the panel is there. */
const methods = ["open", "close", "toggle", "send", "stop", "newConversation", "reset"];

const { currentScript } = document;
if (currentScript instanceof HTMLScriptElement) {
  const settings = readSettings(currentScript, "rivulet" in window ? window.rivulet : undefined);
  const panel = new URL(`panel.js?v=${__RIVULET_VERSION__}`, currentScript.src).href;
  if (document.body) embed(settings, panel);
  else addEventListener("DOMContentLoaded", () => embed(settings, panel), { once: true });
  lendLauncher(launcherKit);
}

/** Puts the chat at the end of the page, with a launcher that needs nothing more than this script. */
function embed({ attributes, properties }: EmbedSettings, panel: string): void {
  const host = document.createElement(elementName);
  for (const [name, value] of attributes) host.setAttribute(name, value);
  Object.assign(host, Object.fromEntries(properties));
  const { isOpen, isPending } = readEarlierPlace(attributes);
  if (typeof isOpen === "boolean") host.toggleAttribute("open", isOpen);
  if (!customElements.get(elementName) && attributes.get("mode") !== "inline")
    drawLauncher(host, panel, isPending === true);
  else void import(panel);
  document.body.append(host);
}

/**
 * Draws the launcher, and fetches the panel when somebody is about to use it.
 * @param isPending the panel has something to do at once, even closed
 */
function drawLauncher(host: HTMLElement, panel: string, isPending: boolean): void {
  const root = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(styles);
  root.adoptedStyleSheets = [sheet];
  const button = ensureLauncher(root);
  showLauncher(button, "closed", strings);

  const waiting = new AbortController();
  const load = createLoader(panel);
  const prepare = async () => {
    const isOpening = () => host.hasAttribute("open");
    if (isOpening()) showLauncher(button, "loading", strings);
    try {
      await load();
      waiting.abort(); // from here on the element listens
    } catch (error) {
      if (isOpening()) showLauncher(button, "failed", strings);
      host.removeAttribute("open");
      throw error;
    }
  };
  const quietly = () => void prepare().catch(() => undefined); // the launcher and the console say so already
  const { signal } = waiting;
  button.addEventListener("pointerenter", quietly, { signal });
  button.addEventListener("focus", quietly, { signal });
  button.addEventListener(
    "click",
    () => {
      button.focus(); // not every engine does; the focus tells the element that the visitor opened it
      host.toggleAttribute("open");
      quietly();
    },
    { signal },
  );
  lendMethods(host, prepare);
  if (isPending || host.hasAttribute("open")) quietly();
}

/** One request at a time; after a failure the next call asks anew, under another address since engines remember failures. */
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

/** Until the element is there, its methods fetch it first. */
function lendMethods(host: HTMLElement, prepare: () => Promise<void>): void {
  for (const name of methods) {
    const lent = async (...values: unknown[]): Promise<unknown> => {
      await prepare();
      const own: unknown = Reflect.get(host, name);
      return typeof own === "function" ? Reflect.apply(own, host, values) : undefined;
    };
    Object.defineProperty(host, name, { value: lent, configurable: true });
  }
  void customElements
    .whenDefined(elementName)
    .then(() => methods.forEach((name) => Reflect.deleteProperty(host, name)));
}
