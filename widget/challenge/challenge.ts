import { routes } from "../../protocol/index.ts";

/** What a challenge is for, and where it is shown. */
export interface ChallengeOptions {
  /** The worker's absolute address. */
  endpoint: string;
  assistant: string;
  theme: "light" | "dark";
  lang: string;
  /** Where it stands: in the page, and empty. */
  place: HTMLElement;
  root: ShadowRoot;
}

const strings = {
  title: "Check that you are human",
  failed: "The check did not work.",
  again: "Try again",
};

const styles = `
.challenge { padding-inline: .5em; }
.challenge iframe { display: block; inline-size: 100%; max-inline-size: 19em; block-size: 4.75em; border: 0; color-scheme: normal; }
.challenge iframe.waiting { position: absolute; inline-size: 1px; block-size: 1px; clip-path: inset(50%); }
`;

let isStyled = false;

/**
 * Shows the worker's challenge frame, out of sight until it needs the visitor, and waits until it is solved.
 * @returns the token that a session needs
 */
export async function solveChallenge(options: ChallengeOptions): Promise<string> {
  if (!isStyled) addStyles(options.root);
  for (;;) {
    const token = await solveOnce(options);
    if (token !== undefined) return token;
    await askToTryAgain(options.place);
  }
}

function addStyles(root: ShadowRoot): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(styles);
  root.adoptedStyleSheets.push(sheet);
  isStyled = true;
}

/** @returns undefined where it failed */
function solveOnce({ endpoint, assistant, theme, lang, place }: ChallengeOptions): Promise<string | undefined> {
  const frame = document.createElement("iframe");
  const query = new URLSearchParams({ origin: location.origin, theme, lang });
  frame.src = `${endpoint}${routes.challenge(assistant)}?${query}`;
  frame.title = strings.title;
  frame.className = "waiting";
  frame.setAttribute("sandbox", "allow-scripts allow-same-origin allow-forms allow-popups");
  const over = new AbortController();
  return new Promise<string | undefined>((resolve) => {
    const listen = ({ origin, source, data }: MessageEvent<unknown>) => {
      if (origin !== new URL(endpoint).origin || source !== frame.contentWindow) return;
      const message = readMessage(data);
      if (message === "needs visitor") frame.className = "";
      else if (message) resolve(message.token);
    };
    addEventListener("message", listen, { signal: over.signal });
    place.replaceChildren(frame);
  }).finally(() => {
    over.abort();
    frame.remove();
  });
}

function readMessage(data: unknown): "needs visitor" | { token?: string } | undefined {
  if (typeof data !== "object" || data === null || !("type" in data)) return undefined;
  if (data.type !== "rivulet-challenge") return undefined;
  if ("token" in data && typeof data.token === "string") return { token: data.token };
  if ("needsVisitor" in data) return "needs visitor";
  return "failed" in data ? {} : undefined;
}

function askToTryAgain(place: HTMLElement): Promise<void> {
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
      resolve();
    });
  });
}
