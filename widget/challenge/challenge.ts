import { routes } from "../../protocol/index.ts";
import { challenge as english } from "../strings/en.ts";
import type { ChallengeStrings } from "../strings/strings.ts";
import type { ChatApi } from "../transport/api.ts";
import type { ViewContext } from "../view/context.ts";
import { followLanguage } from "../view/follow-language.ts";

/** Where and how a challenge is shown. */
export interface ChallengeOptions {
  context(): Pick<ViewContext, "strings" | "pageLang">;
  /** The empty element that the challenge is added to. */
  container: HTMLElement;
  root: ShadowRoot;
  /** Announces text to screen readers. */
  say(text: string): void;
  focusInput(): void;
}

/** Turnstile's box is 300 by 65 pixels, independent of the font. On the narrowest phones it also covers the margin. */
const styles = `
.challenge { margin-inline: min(.5em, (100% - 300px) / 2); }
.challenge iframe { display: block; inline-size: 300px; block-size: 65px; border: 0; }
.challenge iframe.waiting { position: absolute; inline-size: 1px; block-size: 1px; clip-path: inset(50%); }
`;

/**
 * How long to wait for the frame's first message before it counts as failed, in milliseconds. An invisible challenge
 * takes a few seconds.
 */
const patienceMs = 30_000;

const styled = new WeakSet<ShadowRoot>();

/**
 * Shows the worker's challenge frame and waits until it is solved. The frame is hidden until it needs the visitor.
 * @returns the token that a session needs
 */
export async function solveChallenge(options: ChallengeOptions, api: ChatApi): Promise<string> {
  addStyles(options.root);
  for (;;) {
    const token = await solveOnce(options, api);
    if (token !== undefined) return token;
    await askToTryAgain(options);
  }
}

function addStyles(root: ShadowRoot): void {
  if (styled.has(root)) return;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(styles);
  root.adoptedStyleSheets.push(sheet);
  styled.add(root);
}

/** Whether the chat is dark, by its own theme, the page's color scheme or the visitor's preference. */
function isDark(container: HTMLElement): boolean {
  container.style.color = "light-dark(white, black)";
  const { color } = getComputedStyle(container);
  container.style.color = "";
  return color === "rgb(0, 0, 0)";
}

/** @returns the token; undefined if the challenge failed */
function solveOnce(options: ChallengeOptions, { endpoint, assistant }: ChatApi): Promise<string | undefined> {
  const { context, container, root, say, focusInput } = options;
  const lang = context().pageLang || context().strings.lang; // the challenge supports more languages than the chat
  const frame = document.createElement("iframe");
  const query = new URLSearchParams({ origin: location.origin, theme: isDark(container) ? "dark" : "light", lang });
  frame.src = `${endpoint}${routes.challenge(assistant)}?${query}`;
  frame.title = stringsOf(options).title;
  frame.className = "waiting";
  frame.inert = true; // a hidden frame must not take the keyboard focus
  frame.setAttribute("sandbox", "allow-scripts allow-same-origin allow-forms allow-popups");
  const over = new AbortController();
  return new Promise<string | undefined>((resolve) => {
    const silence = setTimeout(resolve, patienceMs);
    const listen = ({ origin, source, data }: MessageEvent<unknown>) => {
      if (origin !== new URL(endpoint).origin || source !== frame.contentWindow) return;
      const message = readMessage(data);
      if (message) clearTimeout(silence);
      if (message === "needs visitor") show();
      else if (message) resolve(message.token);
    };
    const show = () => {
      frame.className = "";
      frame.inert = false;
      say(stringsOf(options).needsVisitor);
    };
    addEventListener("message", listen, { signal: over.signal });
    container.replaceChildren(frame);
  }).finally(() => {
    over.abort();
    const hadFocus = root.activeElement === frame;
    frame.remove();
    if (hadFocus) focusInput();
  });
}

function stringsOf({ context }: Pick<ChallengeOptions, "context">): ChallengeStrings {
  return context().strings.part("challenge", english);
}

function readMessage(data: unknown): "needs visitor" | { token?: string } | undefined {
  if (typeof data !== "object" || data === null || !("type" in data)) return undefined;
  if (data.type !== "rivulet-challenge") return undefined;
  if ("token" in data && typeof data.token === "string") return { token: data.token };
  if ("needsVisitor" in data) return "needs visitor";
  return "failed" in data ? {} : undefined;
}

function askToTryAgain({ container, root, context, focusInput }: ChallengeOptions): Promise<void> {
  const notice = document.createElement("p");
  notice.className = "notice";
  notice.part.value = "notice";
  notice.setAttribute("role", "alert");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "quiet";
  button.part.value = "text-button";
  const write = () => {
    const { failed, again } = stringsOf({ context });
    button.textContent = again;
    notice.replaceChildren(`${failed} `, button);
  };
  write();
  container.replaceChildren(notice);
  followLanguage(root, notice, write);
  return new Promise((resolve) => {
    button.addEventListener("click", () => {
      container.replaceChildren();
      focusInput();
      resolve();
    });
  });
}
