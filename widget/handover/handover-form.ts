import { render } from "lit/html.js";
import { handoverLimits, routes, type HandoverRequest } from "../../protocol/index.ts";
import type { ConversationController } from "../conversation/controller.ts";
import { isAgreed } from "../conversation/draft.ts";
import { isBlank, type ChatState } from "../conversation/state.ts";
import { createUuid } from "../conversation/uuid.ts";
import { handover as english } from "../strings/en.ts";
import { plural } from "../strings/plural.ts";
import type { HandoverStrings } from "../strings/strings.ts";
import { TransportError } from "../transport/failure.ts";
import type { HandoverHost } from "./handover-part.ts";
import { handoverStyles } from "./handover-styles.ts";
import { handoverView, type HandoverErrors, type HandoverViewState } from "./handover-view.ts";

/** How long to wait for a delivery before it counts as failed, including opening a session first, in milliseconds. */
const patienceMs = 60_000;

/** A loose check of an email address, such as name@example.com: only its mail server knows whether it exists. */
const addressPattern = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/**
 * The form with which a visitor writes to people. Its fields keep what was typed, even while the form is closed, until
 * the message is delivered or the visitor changes.
 */
export class HandoverForm {
  readonly #host: HandoverHost;
  readonly #container = document.createElement("div");
  #isOpen = false;
  #state: "writing" | "sending" | "sent" = "writing";
  #errors: HandoverErrors = {};
  /** The visitor's address in the message that was sent, which the confirmation shows. */
  #sentFrom = "";
  /** The idempotency key of the message that is being written. */
  #id = createUuid();
  #opener: HTMLElement | undefined;
  #conversation: string | undefined;
  #visitor: string | undefined;
  #controller: ConversationController | undefined;

  constructor(host: HandoverHost) {
    this.#host = host;
    this.#container.className = "handover";
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(handoverStyles);
    host.root.adoptedStyleSheets.push(sheet);
  }

  /** Redraws the form after the chat has changed, and keeps it in the conversation's column. */
  update(): void {
    const column = this.#host.root.querySelector(".column");
    if (column && this.#container.parentNode !== column) column.append(this.#container);
    this.#forgetOthers();
    this.#draw();
  }

  /** @param opener gets the focus when the form closes */
  open(opener: HTMLElement): void {
    this.#opener = opener;
    this.#isOpen = true;
    if (this.#state === "sent") this.#state = "writing";
    this.#draw();
    this.#focus("textarea");
  }

  #close(): void {
    this.#isOpen = false;
    this.#draw();
    this.#opener?.focus();
  }

  /** Clears the form if the visitor is another one, and unticks the checkbox if the conversation is another one. */
  #forgetOthers(): void {
    const controller = this.#host.controller();
    const { visitor } = controller.api;
    const isOther = this.#visitor !== undefined && visitor !== this.#visitor;
    if (isOther || (this.#controller && controller !== this.#controller)) this.#clear();
    this.#visitor = visitor;
    this.#controller = controller;
    const { conversation } = controller.state;
    if (conversation !== this.#conversation) this.#untick();
    this.#conversation = conversation;
  }

  #clear(): void {
    this.#isOpen = false;
    this.#state = "writing";
    this.#errors = {};
    this.#sentFrom = "";
    this.#id = createUuid();
    this.#container.querySelector("form")?.reset();
  }

  #untick(): void {
    const box = this.#container.querySelector<HTMLInputElement>("[name=along]");
    if (box) box.checked = false;
  }

  get #isUnavailable(): boolean {
    return this.#host.context().state.profile.profile?.available === false;
  }

  get #strings(): HandoverStrings {
    return this.#host.context().strings.part("handover", english);
  }

  #draw(): void {
    const context = this.#host.context();
    const { profile } = context.state.profile;
    if (!profile?.handover || !isAgreed(context.state)) return void (this.#container.hidden = true);
    this.#container.hidden = !this.#isOpen && !this.#isUnavailable;
    if (this.#container.hidden) return;
    const state: HandoverViewState = {
      state: this.#state,
      errors: this.#errors,
      sentFrom: this.#sentFrom,
      messages: messagesIn(context.state),
      hasEarlier: context.state.previous !== undefined,
      profile,
      strings: this.#strings,
      submit: (event) => void this.#submit(event),
      changed: (name) => this.#changed(name),
      again: () => {
        this.#state = "writing";
        this.#draw();
        this.#focus("textarea");
      },
      close: this.#isUnavailable ? undefined : () => this.#close(),
    };
    render(handoverView(state, context), this.#container);
  }

  /** Checks a field as it is edited, if it was wrong before or the message has become too long. */
  #changed(name: keyof HandoverErrors): void {
    const { message, contact } = this.#fields();
    const { messageChars } = handoverLimits;
    if (name === "message" && message.length > messageChars)
      this.#errors = { ...this.#errors, message: this.#over(message) };
    else if (this.#errors[name] !== undefined) {
      this.#errors = { ...this.#errors, [name]: this.#check({ message, contact })[name] };
    } else return;
    this.#draw();
  }

  #fields(): { message: string; contact: string; isAlong: boolean } {
    const form = this.#container.querySelector("form");
    const data = form ? new FormData(form) : new FormData();
    const textOf = (name: string) => String(data.get(name) ?? "").replaceAll("\r\n", "\n");
    return { message: textOf("message").trim(), contact: textOf("contact").trim(), isAlong: data.has("along") };
  }

  #check({ message, contact }: { message: string; contact: string }): HandoverErrors {
    const { messageChars, contactChars } = handoverLimits;
    const isAddress = addressPattern.test(contact) && contact.length <= contactChars;
    return {
      message:
        message === ""
          ? () => this.#strings.noMessage
          : message.length > messageChars
            ? this.#over(message)
            : undefined,
      contact: isAddress ? undefined : () => this.#strings.noAddress,
    };
  }

  #over({ length }: string): () => string {
    return () => {
      const { lang, charsOver } = this.#host.context().strings;
      return plural(lang, charsOver, length - handoverLimits.messageChars);
    };
  }

  async #submit(event: Event): Promise<void> {
    event.preventDefault();
    if (this.#state === "sending") return;
    const { message, contact, isAlong } = this.#fields();
    this.#errors = this.#check({ message, contact });
    const wrong = this.#errors.message ? "textarea" : this.#errors.contact ? "[name=contact]" : undefined;
    this.#state = wrong ? "writing" : "sending";
    this.#draw();
    if (wrong) return this.#focus(wrong);
    const id = this.#id;
    const { conversation } = this.#host.context().state;
    const error = await this.#send({ id, message, contact, ...(isAlong ? { conversation } : {}) });
    if (id !== this.#id) return; // the form is another visitor's by now
    if (error) this.#failed(error, isAlong);
    else this.#sent(contact);
  }

  async #send(request: HandoverRequest): Promise<TransportError | undefined> {
    const { api } = this.#host.controller();
    const signal = AbortSignal.timeout(patienceMs);
    try {
      const response = await api.send(routes.handover, { method: "POST", body: JSON.stringify(request), signal });
      // Only the worker's own 202 counts as sent, and not, for example, a proxy's 200.
      return response.status === 202 ? undefined : new TransportError("unreachable");
    } catch (cause) {
      if (cause instanceof TransportError) return cause;
      if (!signal.aborted) console.error("Rivulet Chat:", cause);
      return new TransportError("unreachable", { cause });
    }
  }

  #failed({ code }: TransportError, isAlong: boolean): void {
    const name = code === "offline" ? "offline" : code === "rate_limited" ? "tooMany" : "failed";
    const words = () => this.#strings[name];
    if (code === "not_found" && isAlong) this.#untick(); // conversation deleted elsewhere: the next try omits it
    this.#state = "writing";
    this.#errors = { form: words };
    this.#draw();
    this.#host.say(words());
  }

  #sent(contact: string): void {
    this.#clear();
    this.#isOpen = true;
    this.#state = "sent";
    this.#sentFrom = contact;
    const hadFocus = this.#container.contains(this.#host.root.activeElement);
    this.#draw();
    if (hadFocus) this.#focus(".handover-sent");
    else this.#host.say(this.#strings.sent);
  }

  #focus(selector: string): void {
    const target = this.#container.querySelector<HTMLElement>(selector);
    target?.focus({ preventScroll: true });
    this.#container.scrollIntoView({ block: "nearest" });
  }
}

/** How many messages would be sent along: those that the worker has, except blank answers. */
function messagesIn({ messages }: ChatState): number {
  return messages.filter((message) => (message.role === "user" ? message.delivery.state === "sent" : !isBlank(message)))
    .length;
}
