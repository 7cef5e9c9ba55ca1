import { routes } from "../../protocol/index.ts";
import type { ChatApi } from "../transport/api.ts";

/** How a challenge looks, and speaks. */
export interface ChallengeLook {
  /** The element's: "light" and "dark" say which, everything else follows the system. */
  theme: string;
  /** BCP 47 tag of the visitor's language: a challenge speaks more of them than we do. */
  lang: string;
}

/** Where a challenge is shown, and how. */
export interface ChallengeOptions extends ChallengeLook {
  /** Where it stands: in the page, and empty. */
  place: HTMLElement;
  root: ShadowRoot;
  /** Tells those who cannot see it. */
  say(words: string): void;
  focusInput(): void;
}

const strings = {
  title: "Check that you are human",
  needsVisitor: "One step before your message goes out: the check that you are human, right before the text field.",
  failed: "The check did not work.",
  again: "Try again",
};

/** Turnstile's box is 300 by 65 pixels whatever the font; on the narrowest phones it takes the margin, too. */
const styles = `
.challenge { margin-inline: min(.5em, (100% - 300px) / 2); }
.challenge iframe { display: block; inline-size: 300px; block-size: 65px; border: 0; }
.challenge iframe.waiting { position: absolute; inline-size: 1px; block-size: 1px; clip-path: inset(50%); }
`;

/** A frame that says nothing for so long, in milliseconds, was not loaded: a challenge that needs no visitor takes some seconds. */
const patienceMs = 30_000;

const styled = new WeakSet<ShadowRoot>();

/**
 * Shows the worker's challenge frame, out of sight until it needs the visitor, and waits until it is solved.
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

/** @returns undefined where it failed */
function solveOnce(options: ChallengeOptions, { endpoint, assistant }: ChatApi): Promise<string | undefined> {
  const { theme, lang, place, root, say, focusInput } = options;
  const frame = document.createElement("iframe");
  const isDark = theme === "dark" || (theme !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  const query = new URLSearchParams({ origin: location.origin, theme: isDark ? "dark" : "light", lang });
  frame.src = `${endpoint}${routes.challenge(assistant)}?${query}`;
  frame.title = strings.title;
  frame.className = "waiting";
  frame.inert = true; // out of sight is out of the keyboard's way
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
      say(strings.needsVisitor);
    };
    addEventListener("message", listen, { signal: over.signal });
    place.replaceChildren(frame);
  }).finally(() => {
    over.abort();
    const hadFocus = root.activeElement === frame;
    frame.remove();
    if (hadFocus) focusInput();
  });
}

function readMessage(data: unknown): "needs visitor" | { token?: string } | undefined {
  if (typeof data !== "object" || data === null || !("type" in data)) return undefined;
  if (data.type !== "rivulet-challenge") return undefined;
  if ("token" in data && typeof data.token === "string") return { token: data.token };
  if ("needsVisitor" in data) return "needs visitor";
  return "failed" in data ? {} : undefined;
}

function askToTryAgain({ place, focusInput }: ChallengeOptions): Promise<void> {
  const words = document.createElement("p");
  words.textContent = `${strings.failed} `;
  words.className = "notice";
  words.setAttribute("role", "alert");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "quiet";
  button.textContent = strings.again;
  words.append(button);
  place.replaceChildren(words);
  return new Promise((resolve) => {
    button.addEventListener("click", () => {
      place.replaceChildren();
      focusInput();
      resolve();
    });
  });
}
