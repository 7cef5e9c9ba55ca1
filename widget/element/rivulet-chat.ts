import { LitElement, unsafeCSS } from "lit";
import type { PropertyValues, TemplateResult } from "lit";
import type { ResponseEvent } from "../protocol/index.ts";
import type { AnnounceMode } from "./announce/announce-mode.ts";
import { connect } from "./connect.ts";
import type { ConversationController, ConversationListener } from "./conversation/controller.ts";
import type { Outcome } from "./conversation/outcome.ts";
import type { ChatAction } from "./conversation/reduce.ts";
import { absoluteEndpoint } from "./conversation/storage-key.ts";
import { emit } from "./events.ts";
import { Extras } from "./extras.ts";
import { launcher } from "./launcher/launcher.ts";
import { Presence } from "./presence.ts";
import { Reading } from "./reading.ts";
import { RivuletError } from "./rivulet-error.ts";
import { createRequests } from "./requests.ts";
import { Speech } from "./speech.ts";
import { languageFor } from "./strings/strings.ts";
import { elementStyles } from "./styles/element.ts";
import { tellOfChange, tellOfEvent, tellOfFailure } from "./tell.ts";
import type { ViewContext } from "./view/context.ts";
import { isWaiting } from "./view/notice.ts";
import { panelView } from "./view/panel.ts";
import { showDraft } from "./view/show-draft.ts";
import { warmUp } from "./warm-up.ts";

/** How the chat stands in the page. */
export type ChatMode = "popup" | "inline" | "sidebar" | "fullscreen";

/**
 * An AI chat for any page.
 *
 * @element rivulet-chat
 *
 * @attr {string} endpoint - The worker's address, with a path where it has one. By default the page's own origin.
 * @attr {string} assistant - The assistant's id: the name of its folder in the worker's `assistants/`.
 * @attr {"popup"|"inline"|"sidebar"|"fullscreen"} mode - How it stands in the page; `inline` by default.
 * @attr {"auto"|"light"|"dark"} theme - By default as the visitor's system says.
 * @attr {string} lang - BCP 47 tag of the language of its own words; by default the page's.
 * @attr {"sentences"|"answer"|"off"} announce - What screen readers say of an answer: sentences as they are written, all of it at its end, or only that it is there.
 * @attr {boolean} bring-along - What was said before signing in comes along when `getUserToken` names the visitor.
 * @attr {boolean} open - Whether the panel is shown; `inline` shows it always.
 *
 * @fires {CustomEvent} rivulet-ready - The assistant's profile is there: the chat can be used.
 * @fires {CustomEvent} rivulet-open - The panel has been opened.
 * @fires {CustomEvent} rivulet-close - The panel has been closed.
 * @fires {CustomEvent} rivulet-send - The visitor is about to ask; cancelable.
 * @fires {CustomEvent} rivulet-delta - A piece of the answer.
 * @fires {CustomEvent} rivulet-response - The whole answer.
 * @fires {CustomEvent} rivulet-error - Something failed: a code, a sentence, a request id.
 * @fires {CustomEvent} rivulet-stop - A running answer is being stopped.
 * @fires {CustomEvent} rivulet-feedback - The visitor rated an answer.
 * @fires {CustomEvent} rivulet-conversation-change - Another conversation is shown.
 *
 * @slot header - Beside the title, before the buttons.
 *
 * @csspart launcher - The button that opens the panel.
 * @csspart panel - The panel.
 * @csspart header - Its head, with title, tagline and buttons.
 * @csspart messages - The conversation, which scrolls.
 * @csspart message - One message with all that belongs to it.
 * @csspart question - What the visitor wrote.
 * @csspart answer - An answer's rendered text.
 * @csspart sources - What an answer rests on.
 * @csspart notice - A line about the state of things, or a failure.
 * @csspart composer - Where the visitor writes.
 * @csspart input - The text field.
 * @csspart send - The button that sends.
 * @csspart stop - The button that ends a running answer.
 *
 * @cssprop --rivulet-accent - Launcher, send button, links.
 * @cssprop --rivulet-on-accent - What stands on the accent colour.
 * @cssprop --rivulet-background - The panel.
 * @cssprop --rivulet-surface - Fields and notices on it.
 * @cssprop --rivulet-text - Text.
 * @cssprop --rivulet-text-quiet - Text that steps back.
 * @cssprop --rivulet-border - Lines.
 * @cssprop --rivulet-question-background - What the visitor wrote.
 * @cssprop --rivulet-question-text - Text on it.
 * @cssprop --rivulet-danger - Failures.
 * @cssprop --rivulet-font - Font family.
 * @cssprop --rivulet-font-mono - Font family of code.
 * @cssprop --rivulet-font-size - Base size; the visitor's own by default.
 * @cssprop --rivulet-radius - Corners of the panel; smaller ones follow it.
 * @cssprop --rivulet-width - Width of popup and sidebar.
 * @cssprop --rivulet-height - Greatest height of the popup; height of an inline chat.
 * @cssprop --rivulet-inset - Distance of launcher and popup from the edges.
 * @cssprop --rivulet-z-index - Where it lies over the page.
 */
export class RivuletChat extends LitElement {
  static override properties = {
    endpoint: { type: String },
    assistant: { type: String },
    mode: { type: String },
    theme: { type: String },
    lang: { type: String },
    announce: { type: String },
    bringAlong: { type: Boolean, attribute: "bring-along" },
    isOpen: { type: Boolean, attribute: "open", reflect: true },
    isAtEnd: { state: true, attribute: false },
  };
  static override styles = unsafeCSS(elementStyles);

  declare endpoint: string;
  declare assistant: string;
  declare mode: ChatMode;
  declare theme: "auto" | "light" | "dark";
  declare lang: string;
  /** What screen readers say of an answer. */
  declare announce: AnnounceMode;
  /** Whether what was said before signing in comes along: the attribute `bring-along`. */
  declare bringAlong: boolean;
  /** Whether the panel is shown: the attribute `open`. */
  declare isOpen: boolean;
  /** The site's own signed statement of who is logged in: asked whenever a session begins. */
  declare getUserToken?: () => Promise<string | undefined>;
  /** Whether the reader is where the newest is. */
  declare private isAtEnd: boolean;

  #conversation: ConversationController | undefined;
  #connected = new AbortController();
  #launcher: HTMLButtonElement | undefined;
  #speech: Speech | undefined;
  #reading: Reading | undefined;
  #presence: Presence | undefined;
  #extras: Extras | undefined;
  #isDrawnByScript = false;
  #frame = 0;
  #countdown: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.endpoint = "";
    this.assistant = "";
    this.mode = "inline";
    this.theme = "auto";
    this.lang = "";
    this.announce = "sentences";
    this.bringAlong = false;
    this.isOpen = false;
    this.isAtEnd = true;
  }

  /** Shows the panel. */
  open(): void {
    this.isOpen = true;
  }

  /** Hides the panel; a running answer goes on. */
  close(): void {
    this.isOpen = false;
  }

  /** Shows the panel if it is hidden, hides it if it is shown. */
  toggle(): void {
    this.isOpen = !this.isOpen;
  }

  /**
   * Asks as if the visitor had typed it.
   * @returns the whole answer
   * @throws RivuletError with the code of what failed; a DOMException `AbortError` where `rivulet-send` was cancelled
   */
  async send(text: string): Promise<ResponseEvent> {
    const outcome = await this.#ask(text);
    if (!outcome) throw new DOMException("The message was not sent.", "AbortError");
    if ("response" in outcome) return outcome.response;
    throw new RivuletError(outcome.failure, this.#strings.failures[outcome.failure.code]);
  }

  /** Ends the running answer; what was written so far stays. */
  stop(): void {
    const controller = this.#controller;
    if (controller.state.turn.phase === "idle") return;
    controller.stop();
    emit(this, "rivulet-stop", { conversation: controller.state.conversation });
  }

  /** Begins an empty conversation. */
  newConversation(): void {
    this.#controller.restart();
  }

  /** Forgets the visitor, here and at the worker: to be called when the person at this machine signs out. */
  reset(): Promise<void> {
    return this.#controller.reset();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#connected = new AbortController();
    const { signal } = this.#connected;
    this.#conversation?.attach();
    const online = () => this.#controller.dispatch({ type: "connectivity", isOnline: navigator.onLine });
    window.addEventListener("online", online, { signal });
    window.addEventListener("offline", online, { signal });
    this.#launcher?.addEventListener("click", () => this.toggle(), { signal });
    this.#launcher?.addEventListener("pointerenter", () => this.#prepare(), { signal });
    this.#launcher?.addEventListener("focus", () => this.#prepare(), { signal });
    if (!this.hasUpdated) return;
    this.#followMessages();
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#connected.abort();
    clearTimeout(this.#countdown);
    // an element that is only moved in the page is back at once, and must not lose its answer
    setTimeout(() => {
      if (this.isConnected) return;
      this.#presence?.dismiss();
      this.#conversation?.detach();
    });
  }

  /** The script tag may have made the root and drawn the launcher in it already. */
  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    this.#isDrawnByScript = this.shadowRoot !== null;
    const root = this.shadowRoot ?? this.attachShadow({ mode: "open" });
    this.#launcher = launcher.ensureLauncher(root);
    this.#speech = new Speech(root, this);
    this.#presence = new Presence(root, this.#launcher);
    this.#extras = new Extras({
      element: this,
      root,
      controller: () => this.#controller,
      context: () => this.#context,
      redraw: () => this.#redraw(),
      say: (words) => this.#speech?.say(words),
      focusInput: () => this.#focusInput(),
    });
    return super.createRenderRoot();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const isOther = changed.has("endpoint") || changed.has("assistant");
    if (isOther && this.hasUpdated) {
      this.#conversation?.detach();
      this.#conversation = undefined;
    }
    if (this.#isOverlay && changed.has("isOpen")) this.#keepOpenState();
    if (!this.#isOverlay || this.isOpen) this.#prepare();
    this.#presence?.beforeUpdate(this.#isPresented);
  }

  protected override render(): TemplateResult {
    return panelView(this.#context, {
      mode: this.mode,
      isOverlay: this.#isOverlay,
      isOpen: this.isOpen || !this.#isOverlay,
      isAtEnd: this.isAtEnd,
      isLibraryOpen: this.#extras?.isLibraryOpen === true,
      hasLibrary: this.#controller.api.hasSession || this.getUserToken !== undefined,
      onKeydown: (event) => this.#onKeydown(event),
    });
  }

  protected override firstUpdated(): void {
    this.#followMessages();
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (this.#launcher) {
      this.#launcher.hidden = !this.#isOverlay;
      launcher.showLauncher(this.#launcher, this.isOpen ? "open" : "closed", languageFor(this.#language).launcher);
    }
    const panel = this.renderRoot.querySelector<HTMLElement>("[part=panel]");
    if (panel) this.#present(panel, changed.has("isOpen") && changed.get("isOpen") === undefined);
    this.#showDraft();
    this.#speech?.drawn(this.#context);
    this.#countDown();
  }

  get #isOverlay(): boolean {
    return this.mode !== "inline";
  }

  get #isPresented(): boolean {
    return this.#isOverlay && this.isOpen && this.isConnected;
  }

  get #language(): string {
    return this.lang || document.documentElement.lang || navigator.language;
  }

  get #strings(): ViewContext["strings"] {
    return languageFor(this.#language).chat;
  }

  get #input(): HTMLTextAreaElement | null {
    return this.renderRoot.querySelector<HTMLTextAreaElement>("[part=input]");
  }

  get #context(): ViewContext {
    return {
      state: this.#controller.state,
      strings: this.#strings,
      requests: this.#requests,
      now: Date.now(),
      copied: this.#extras?.copied ?? "",
      versions: this.#extras?.versions ?? new Map(),
      detail: this.#extras?.detail,
      forms: this.#extras?.forms,
    };
  }

  /** Made at the first need: reading storage or asking the worker is not for a page where nobody chats. */
  get #controller(): ConversationController {
    if (this.#conversation) return this.#conversation;
    const endpoint = absoluteEndpoint(this.endpoint);
    const listener: ConversationListener = {
      changed: (action) => this.#changed(action),
      received: (event) => tellOfEvent(this, event, this.#context),
      failed: (failure) => tellOfFailure(this, failure, this.#context, endpoint),
      listed: () => this.#extras?.listed(),
    };
    this.#conversation = connect(this, endpoint, listener, (isDemanded) =>
      this.#extras?.challengeToken({ theme: this.theme, lang: this.#language }, isDemanded),
    );
    if (this.isConnected) this.#conversation.attach();
    return this.#conversation;
  }

  readonly #requests = createRequests({
    element: this,
    controller: () => this.#controller,
    extras: () => this.#extras,
    ask: (text, replaces) => void this.#ask(text, replaces),
    focusInput: () => this.#focusInput(),
    jumpToNewest: () => this.#reading?.toEnd(),
  });

  #redraw(): Promise<unknown> {
    this.requestUpdate();
    return this.updateComplete;
  }

  /** Fetches the profile when somebody is about to use the chat, or can see it. */
  #prepare(): void {
    void this.#controller.start();
  }

  /**
   * A panel that was open on the page before is open on this one. The script tag sees to that itself; there the focus
   * on the launcher says that the visitor has just opened it.
   */
  #keepOpenState(): void {
    if (this.hasUpdated) return this.#controller.noteOpen(this.isOpen);
    const isPressed = this.#isDrawnByScript && this.shadowRoot?.activeElement === this.#launcher;
    if (isPressed) return this.#controller.noteOpen(this.isOpen);
    const place = this.#controller.readPlace();
    if (place?.isPending) this.#prepare();
    if (place?.isOpen !== undefined && !this.#isDrawnByScript) this.isOpen = place.isOpen;
  }

  async #ask(text: string, replaces?: string): Promise<Outcome | undefined> {
    const controller = this.#controller;
    const { conversation } = controller.state;
    if (text.trim() === "" || !emit(this, "rivulet-send", { conversation, text })) return undefined;
    this.#reading?.stayAtEnd();
    return controller.send(text, replaces);
  }

  #changed(action: ChatAction): void {
    const isSent = action.type === "sent";
    if (isSent) this.#showDraft(); // what is typed before the next frame is not part of the question
    if (isSent || (action.type === "received" && action.event.type === "delta")) this.#updateNextFrame();
    else this.requestUpdate();
    this.#speech?.changed(action, this.#context);
    tellOfChange(this, action, this.#controller.state);
    if (action.type === "profile-loaded") warmUp(this.#strings.lang);
    if (action.type === "opened") this.#reading?.expect();
    if (action.type === "history-loaded") void this.#reading?.restore();
  }

  /**
   * Sending does not wait for what it shows, and pieces come faster than a screen can show them. A hidden page has no
   * frames: it is drawn when the turn ends.
   */
  #updateNextFrame(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => this.requestUpdate());
  }

  #present(panel: HTMLElement, isFirst: boolean): void {
    const { assistant } = this;
    const change = this.#presence?.afterUpdate(panel, this.#isPresented, isFirst);
    if (change) emit(this, change === "shown" ? "rivulet-open" : "rivulet-close", { assistant });
  }

  #onKeydown(event: KeyboardEvent): void {
    if (event.key !== "Escape" || event.isComposing || !(this.#isOverlay || this.#extras?.isLibraryOpen)) return;
    event.stopPropagation();
    if (this.#extras?.isLibraryOpen) this.#extras.closeLibrary();
    else this.close();
  }

  #followMessages(): void {
    const area = this.renderRoot.querySelector<HTMLElement>("[part=messages]");
    if (!area) return;
    const host = {
      controller: () => this.#controller,
      updated: () => this.updateComplete,
      atEnd: (isAtEnd: boolean) => (this.isAtEnd = isAtEnd),
    };
    this.#reading = new Reading(area, host, this.#connected.signal);
  }

  #showDraft(): void {
    const input = this.#input;
    if (input) showDraft(input, this.#controller.state.draft);
  }

  #focusInput(): void {
    void this.updateComplete.then(() => this.#input?.focus());
  }

  #countDown(): void {
    clearTimeout(this.#countdown);
    if (isWaiting(this.#context)) this.#countdown = setTimeout(() => this.requestUpdate(), 1000);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "rivulet-chat": RivuletChat;
  }
}
