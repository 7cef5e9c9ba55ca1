import type { ConversationController } from "../conversation/controller.ts";
import type { ElementController, UpdatingElement } from "../element/updating-element.ts";

/** What the page has set. */
export interface AvatarSettings {
  /** URL of an image, relative to the page. */
  avatar?: string | undefined;
}

/** What this needs of the element. */
interface AvatarHost {
  element: UpdatingElement & AvatarSettings;
  root: ShadowRoot;
  controller(): ConversationController;
}

/**
 * Shows an image in place of the assistant's letter, wherever the letter is, once the image has loaded. The letter
 * stays if there is no image or it cannot be loaded, for example because the page's Content-Security-Policy does not
 * allow it. As a background, the image has the letter's place and size, so nothing moves.
 */
export class AvatarPart implements ElementController {
  readonly #host: AvatarHost;
  readonly #sheet = new CSSStyleSheet();
  #given: string | undefined;
  #url: string | undefined;
  /** Empty, because the styles depend on the image: this part adopts them itself. */
  readonly styles = "";

  constructor(host: AvatarHost) {
    this.#host = host;
    host.root.adoptedStyleSheets.push(this.#sheet);
    host.element.addController(this);
    this.hostUpdated();
  }

  hostUpdated(): void {
    const { element } = this.#host;
    const { state, api } = this.#host.controller();
    const ofAssistant = state.profile.profile?.avatar;
    const given = element.avatar ?? ofAssistant;
    if (given === this.#given) return;
    this.#given = given;
    const url = element.avatar ? absoluteUrl(element.avatar) : ofAssistant && ownUrl(ofAssistant, api.endpoint);
    this.#url = url;
    this.#sheet.replaceSync("");
    if (!url) return;
    const image = new Image();
    image.addEventListener("load", () => {
      if (this.#url === url) this.#sheet.replaceSync(stylesFor(url)); // the image may have changed meanwhile
    });
    image.src = url;
  }
}

/** Creates the avatar part of a chat. */
export function partOf(host: AvatarHost): AvatarPart {
  return new AvatarPart(host);
}

/** The URL of an image that the page has set, which may be anywhere. */
function absoluteUrl(given: string): string | undefined {
  if (URL.canParse(given, document.baseURI)) return new URL(given, document.baseURI).href;
  console.error(`Rivulet Chat: avatar="${given}" is invalid. Write the URL of an image.`);
  return undefined;
}

/**
 * The URL of an assistant's image. It is requested only from the worker and from the page's own site, so that the chat
 * contacts nobody whom the page has not named.
 * @param endpoint the worker's absolute address, without a slash at its end
 */
function ownUrl(given: string, endpoint: string): string | undefined {
  const url = given.startsWith("/") ? endpoint + given : given;
  const origin = URL.canParse(url) && new URL(url).origin;
  if (origin === new URL(endpoint).origin || origin === location.origin) return url;
  console.error(
    `Rivulet Chat: the assistant's avatar ${url} has neither the worker's origin nor this page's, so it is not ` +
      `requested. To show it, set avatar="${url}" on this page.`,
  );
  return undefined;
}

/** In forced colors mode, text can be transparent only in elements with `forced-color-adjust: none`. */
function stylesFor(url: string): string {
  return `.avatar {
    background-image: url(${JSON.stringify(url)}); background-size: cover; background-position: center;
    color: transparent; border-color: transparent; forced-color-adjust: none; print-color-adjust: exact;
  }`;
}
