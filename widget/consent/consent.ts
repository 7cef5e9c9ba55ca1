import type { TemplateResult } from "lit/html.js";
import type { ChatProfile } from "../../protocol/index.ts";
import type { ConversationController } from "../conversation/controller.ts";
import type { ElementController, UpdatingElement } from "../element/updating-element.ts";
import { isRecord, text } from "../transport/json.ts";
import type { ConsentViews, ViewContext } from "../view/context.ts";
import { ConsentMemory } from "./consent-memory.ts";
import { consentStyles } from "./consent-styles.ts";
import { consentView } from "./consent-view.ts";

/** The chat that asks for consent. */
export interface ConsentHost {
  readonly element: UpdatingElement;
  readonly root: ShadowRoot;
  controller(): ConversationController;
  /** Announces text to screen readers. */
  say(text: string): void;
  focusInput(): void;
}

/** What an assistant asks its visitors to agree to. */
interface ConsentRequest {
  id: string;
  text: string;
}

/** Creates the part of a chat that asks for consent. */
export function partOf(host: ConsentHost): Consent {
  return new Consent(host);
}

/**
 * Asks visitors for their consent in the composer's place: until they agree, nothing can be typed or sent. It loads with the
 * profile of an assistant that asks for it. To the rest of the chat, that assistant is not available until they agree.
 */
export class Consent implements ElementController, ConsentViews {
  readonly #host: ConsentHost;
  readonly #memory = new ConsentMemory();
  #connected = new AbortController();
  #isShown = false;

  constructor(host: ConsentHost) {
    this.#host = host;
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(consentStyles);
    host.root.adoptedStyleSheets.push(sheet);
    host.element.addController(this);
  }

  hostConnected(): void {
    this.#connected = new AbortController();
    // the visitor has agreed in another tab, or another tab has forgotten them
    addEventListener("storage", () => this.#host.element.requestUpdate(), { signal: this.#connected.signal });
  }

  hostDisconnected(): void {
    this.#connected.abort();
  }

  /**
   * Applies the stored agreement before each update, because the visitor may have agreed in another tab, or may have
   * changed.
   */
  hostUpdate(): void {
    const controller = this.#host.controller();
    const { profile } = controller.state.profile;
    if (!profile) return;
    const current = this.applyTo(profile);
    if (current !== profile) controller.dispatch({ type: "profile-loaded", profile: current });
  }

  /**
   * Announces the text when it appears while the focus is in the chat. Screen readers would not read it by themselves,
   * because the focus moves to the panel and not to the button.
   */
  hostUpdated(): void {
    const words = this.#host.root.querySelector<HTMLElement>(".consent-text");
    const wasShown = this.#isShown;
    this.#isShown = words?.checkVisibility() === true;
    if (!words || !this.#isShown) return;
    // a long text scrolls, and some browsers do not let the keyboard reach it
    if (words.scrollHeight > words.clientHeight) words.tabIndex = 0;
    if (!wasShown && this.#host.root.activeElement) this.#host.say(words.innerText);
  }

  /** @returns the profile; if it asks for consent, `available` says whether the visitor has agreed */
  applyTo(profile: ChatProfile): ChatProfile {
    const request = readRequest(profile);
    if (!request) return profile;
    const available = this.#memory.has(this.#host.controller().api, request.id);
    return available === profile.available ? profile : { ...profile, available };
  }

  consentView(context: ViewContext): TemplateResult | undefined {
    const { profile } = context.state.profile;
    const request = profile && readRequest(profile);
    return request && consentView(request.text, context, () => this.#agree(request.id));
  }

  /** Forgets what the visitor has agreed to. */
  forget(): void {
    this.#memory.forget(this.#host.controller().api);
  }

  #agree(id: string): void {
    this.#memory.note(this.#host.controller().api, id);
    this.hostUpdate();
    this.#host.focusInput();
  }
}

/** @returns undefined if the assistant asks for nothing */
function readRequest({ consent }: ChatProfile): ConsentRequest | undefined {
  if (!isRecord(consent)) return undefined;
  const [id, words] = [text(consent["id"]), text(consent["text"])];
  return id && words ? { id, text: words } : undefined;
}
