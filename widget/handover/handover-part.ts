import type { ConversationController } from "../conversation/controller.ts";
import { isAgreed } from "../conversation/draft.ts";
import { toFailure } from "../conversation/failure.ts";
import { loadOnDemand } from "../conversation/load-on-demand.ts";
import type { ElementController, UpdatingElement } from "../element/updating-element.ts";
import type { ChatProfile } from "../../protocol/index.ts";
import type { ViewContext } from "../view/context.ts";
import { safeLink } from "../view/safe-link.ts";
import type { HandoverForm } from "./handover-form.ts";

/** The chat whose visitors can write to people. */
export interface HandoverHost {
  readonly element: UpdatingElement;
  readonly root: ShadowRoot;
  controller(): ConversationController;
  context(): ViewContext;
  /** Announces text to screen readers. */
  say(text: string): void;
}

/** Creates the handover part of a chat. */
export function partOf(host: HandoverHost): HandoverPart {
  return new HandoverPart(host);
}

const styles = `
.footer .handover-button {
  margin-inline-start: .375em; padding: 0; border: 0; background: none; color: inherit; font-weight: 400;
  text-decoration: underline; text-underline-offset: .15em; cursor: pointer;
}
`;

/**
 * Lets visitors write to people: a button in the footer replaces the contact link, and opens the form. While the
 * assistant is unavailable, the form is open. This part loads with the profile of an assistant that has a handover, and
 * the form when it is first needed.
 */
export class HandoverPart implements ElementController {
  readonly styles = styles;
  readonly #host: HandoverHost;
  readonly #button = document.createElement("button");
  #form: HandoverForm | undefined;
  /**
   * The profile of an unavailable assistant for which the form was last requested. It is requested once per profile.
   */
  #triedFor: ChatProfile | undefined;

  constructor(host: HandoverHost) {
    this.#host = host;
    this.#button.type = "button";
    this.#button.className = "handover-button";
    this.#button.addEventListener("click", () => void this.open());
    host.element.addController(this);
  }

  hostUpdated(): void {
    this.#drawButton();
    this.#form?.update();
    const profile = this.#profile;
    if (!profile || profile.available || this.#triedFor === profile) return;
    this.#triedFor = profile;
    void this.#load();
  }

  /** Opens the form, with the focus in it. */
  async open(): Promise<void> {
    if (this.#profile) (await this.#load())?.open(this.#button);
  }

  /** The profile, if it offers a handover and the visitor has given the consent that it asks for. */
  get #profile(): ChatProfile | undefined {
    const { state } = this.#host.context();
    const { profile } = state.profile;
    return profile?.handover && isAgreed(state) ? profile : undefined;
  }

  /** Shows the button instead of the contact link, because both lead to people. */
  #drawButton(): void {
    const profile = this.#profile;
    const footer = this.#host.root.querySelector(".footer");
    const link = safeLink(profile?.contactUrl);
    for (const each of footer?.querySelectorAll("a") ?? []) each.hidden = each.href === link;
    this.#button.hidden = !profile?.available; // otherwise the form is open already
    const { contact } = this.#host.context().strings;
    if (this.#button.textContent !== contact) this.#button.textContent = contact; // an answer that grows changes nothing here
    if (footer && this.#button.parentNode !== footer) footer.append(this.#button);
  }

  async #load(): Promise<HandoverForm | undefined> {
    if (this.#form) return this.#form;
    const controller = this.#host.controller();
    try {
      const loaded = await loadOnDemand(controller.api, () => import("./handover-form.ts"));
      this.#form ??= new loaded.HandoverForm(this.#host);
      this.#form.update();
    } catch (error) {
      controller.dispatch({ type: "notice-changed", failure: toFailure(error, Date.now()) });
    }
    return this.#form;
  }
}
