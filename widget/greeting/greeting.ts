import type { GreetingStrings } from "../strings/strings.ts";
import { closeIcon } from "../view/icons.ts";
import { useEscape } from "../view/use-escape.ts";
import { GreetingMemory } from "./greeting-memory.ts";
import { greetingStyles } from "./greeting-styles.ts";
import { localText } from "./greeting-text.ts";

/** The element of a script tag, whether its chat is loaded or not. */
export interface GreetingHost extends HTMLElement {
  send?: (text: string) => unknown;
}

/** How long to wait before the greeting appears, in milliseconds: by then, a visitor has begun to read the page. */
const delayMs = 5_000;

/**
 * Shows a site's greeting beside the launcher after a delay, unless the visitor has been greeted or the chat is open.
 * In reading and tab order it comes just before the launcher. It is not announced, because nobody asked for it.
 * @param strings in the chat's language
 * @param lang BCP 47 tag of the page's language, in which the site's text is written
 */
export function greet(host: GreetingHost, strings: GreetingStrings, lang: string): void {
  const memory = new GreetingMemory(host);
  if (!memory.isNeeded) return;
  const show = () => {
    if (document.hidden) return document.addEventListener("visibilitychange", show, { once: true });
    if (host.isConnected && !host.hasAttribute("open") && memory.isNeeded) draw(host, strings, lang, memory);
  };
  setTimeout(show, delayMs);
}

function draw(host: GreetingHost, strings: GreetingStrings, lang: string, memory: GreetingMemory): void {
  const launcher = host.shadowRoot?.querySelector<HTMLElement>("[part=launcher]");
  const text = localText(host, "greeting", lang);
  if (!host.shadowRoot || !launcher || !text || host.getAttribute("mode") === "inline") return;
  adoptStyles(host.shadowRoot);
  const card = create("div", "greeting-card");
  card.part.value = "teaser";
  card.role = "group";
  card.ariaLabel = strings.label;
  const end = new AbortController();
  const close = () => {
    const hadFocus = card.matches(":focus-within");
    end.abort();
    memory.noteClosed();
    card.remove();
    if (hadFocus && !host.hasAttribute("open")) launcher.focus();
  };
  const open = () => launcher.click(); // as if the visitor had pressed it: the focus moves into the panel
  card.append(...contents(host, strings, lang, { open, close }));
  card.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.isComposing) return;
    useEscape(event);
    close();
  });
  for (const type of ["keydown", "keypress", "keyup", "focusin", "focusout"])
    card.addEventListener(type, (event) => event.stopPropagation()); // kept from the page's hotkeys and focus traps
  launcher.before(card);
  const watch = new MutationObserver(() => host.hasAttribute("open") && close());
  watch.observe(host, { attributeFilter: ["open"] });
  end.signal.addEventListener("abort", () => watch.disconnect());
}

/** The text is a button, so that a tap on it opens the chat. */
function contents(
  host: GreetingHost,
  strings: GreetingStrings,
  lang: string,
  { open, close }: { open(): void; close(): void },
): HTMLElement[] {
  const name = localText(host, "greeting-name", lang);
  const title = create("div", "greeting-name", name);
  const dismiss = button("greeting-close", "", close);
  dismiss.ariaLabel = strings.dismiss;
  dismiss.append(icon(closeIcon));
  const text = button("greeting-text", localText(host, "greeting", lang), open);
  const replies = create("div", "greeting-replies");
  for (const reply of localText(host, "greeting-replies", lang).split("|"))
    if (reply.trim())
      replies.append(
        button("greeting-reply", reply.trim(), () => {
          open();
          void ask(host, reply.trim());
        }),
      );
  for (const written of [title, text, replies]) written.lang = lang;
  return [title, text, dismiss, replies];
}

/** Asks once the chat is loaded and open: until then, the launcher may have to be pressed again. */
async function ask(host: GreetingHost, question: string): Promise<void> {
  await customElements.whenDefined("rivulet-chat");
  if (!host.hasAttribute("open"))
    await new Promise((resolve) => host.addEventListener("rivulet-open", resolve, { once: true }));
  await Promise.resolve(host.send?.(question)).catch(() => undefined); // the chat shows what fails
}

function create(tag: string, className: string, text = ""): HTMLElement {
  const element = document.createElement(tag);
  element.className = className;
  element.textContent = text;
  return element;
}

function button(className: string, text: string, run: () => void): HTMLButtonElement {
  const element = document.createElement("button");
  element.type = "button";
  element.className = className;
  element.textContent = text;
  element.addEventListener("click", run);
  return element;
}

function icon(outline: string): SVGElement {
  const namespace = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(namespace, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(namespace, "path");
  path.setAttribute("d", outline);
  svg.append(path);
  return svg;
}

/** Adds the styles, and adds them again once the chat is loaded, which replaces all styles of the root with its own. */
function adoptStyles(root: ShadowRoot): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(greetingStyles);
  const adopt = () => {
    if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets.push(sheet);
  };
  adopt();
  void customElements.whenDefined("rivulet-chat").then(adopt);
}
