import { render } from "lit/html.js";
import type { ChatProfile } from "../../protocol/index.ts";
import type { ConversationController } from "../conversation/controller.ts";
import { awaitsConsent } from "../conversation/draft.ts";
import type { ElementController, UpdatingElement } from "../element/updating-element.ts";
import { isRecord, text } from "../transport/json.ts";
import type { ViewContext } from "../view/context.ts";
import { ConsentMemory } from "./consent-memory.ts";
import { consentStyles } from "./consent-styles.ts";
import { consentView } from "./consent-view.ts";

/** The chat that asks for consent. */
export interface ConsentHost {
  readonly element: UpdatingElement;
  readonly root: ShadowRoot;
  controller(): ConversationController;
  context(): ViewContext;
  /** Announces text to screen readers. */
  say(text: string): void;
  focusInput(): void;
}

const consents = new WeakMap<UpdatingElement, Consent>();

/** What asks for consent in a chat, made at first use. */
export function consentOf(host: ConsentHost): Consent {
  const consent = consents.get(host.element) ?? new Consent(host);
  consents.set(host.element, consent);
  return consent;
}

/**
 * Asks visitors for their consent in the composer's place: until they agree there is nothing to type into. It loads with
 * the profile of an assistant that asks for it, which is not available until then.
 */
export class Consent implements ElementController {
  readonly styles = consentStyles;
  readonly #host: ConsentHost;
  readonly #memory = new ConsentMemory();
  readonly #container = document.createElement("div");
  #connected = new AbortController();

  constructor(host: ConsentHost) {
    this.#host = host;
    this.#container.className = "consent";
    host.element.addController(this);
  }

  hostConnected(): void {
    this.#connected = new AbortController();
    // another tab has agreed, or has forgotten the visitor
    addEventListener("storage", () => this.#host.element.requestUpdate(), { signal: this.#connected.signal });
  }

  hostDisconnected(): void {
    this.#connected.abort();
  }

  /** What is drawn follows what is stored: the visitor may have agreed in another tab, or be another one. */
  hostUpdate(): void {
    const { profile } = this.#host.controller().state;
    if (profile.state === "ready") this.#show(profile.profile);
  }

  hostUpdated(): void {
    const { state } = this.#host.controller();
    const request = state.profile.state === "ready" && readRequest(state.profile.profile);
    const composer = this.#host.root.querySelector("[part=composer]");
    if (!request || !composer || !awaitsConsent(state)) return this.#container.remove();
    render(
      consentView(request.text, this.#host.context(), () => this.#agree(request.id)),
      this.#container,
    );
    if (composer.lastElementChild === this.#container) return;
    composer.append(this.#container);
    const words = this.#container.querySelector<HTMLElement>(".consent-text");
    // a long text scrolls, and some browsers do not let the keyboard reach it
    if (words && words.scrollHeight > words.clientHeight) words.tabIndex = 0;
    // The focus stays where it is: whoever is typing when this appears must not press its button by chance.
    this.#host.say(request.text);
  }

  /** Forgets what was agreed to where storage is blocked. */
  forget(): void {
    this.#memory.forget();
  }

  #hasAgreed(id: string): boolean {
    return this.#memory.has(this.#host.controller().api, id);
  }

  #agree(id: string): void {
    this.#memory.note(this.#host.controller().api, id);
    this.hostUpdate();
    this.#host.focusInput();
  }

  #show(profile: ChatProfile): void {
    const request = readRequest(profile);
    if (!request) return;
    const available = this.#hasAgreed(request.id);
    if (available === profile.available) return;
    this.#host.controller().dispatch({ type: "profile-loaded", profile: { ...profile, available } });
  }
}

/** @returns undefined if the assistant asks for nothing */
function readRequest({ consent }: ChatProfile): { id: string; text: string } | undefined {
  if (!isRecord(consent)) return undefined;
  const [id, words] = [text(consent["id"]), text(consent["text"])];
  return id && words ? { id, text: words } : undefined;
}
