import type { TemplateResult } from "lit/html.js";
import type { ResponseEvent } from "../../protocol/index.ts";
import type { AnnounceMode } from "../announce/announce-mode.ts";
import { ChatAnnouncer } from "../announce/chat-announcer.ts";
import { attempt } from "../conversation/attempt.ts";
import type { ConversationController, ConversationListener } from "../conversation/controller.ts";
import { isAgreed } from "../conversation/draft.ts";
import { translateProfile } from "../conversation/load-profile.ts";
import type { Outcome } from "../conversation/outcome.ts";
import type { ChatAction } from "../conversation/reduce.ts";
import { absoluteEndpoint } from "../conversation/storage-key.ts";
import { launcher } from "../embed/launcher.ts";
import type { SharedPage } from "../page/page-reading.ts";
import type { Strings } from "../strings/languages.ts";
import type { CustomStrings } from "../strings/strings.ts";
import { elementSheet } from "../styles/element.ts";
import type { ViewContext } from "../view/context.ts";
import { chevronIcon } from "../view/icons.ts";
import { panelView } from "../view/panel.ts";
import { showDraft } from "../view/show-draft.ts";
import { useEscape } from "../view/use-escape.ts";
import { AnswerActions } from "./answer-actions.ts";
import type { ChatHost } from "./chat-host.ts";
import { ChatLanguage } from "./chat-language.ts";
import { createController } from "./create-controller.ts";
import { emitChange, emitFailure, emitTurnEvent } from "./emit-changes.ts";
import { emit } from "./events.ts";
import { navigate } from "./navigate.ts";
import { LazyParts } from "./lazy-parts.ts";
import { PanelFocus } from "./panel-focus.ts";
import { Placement } from "./placement.ts";
import { normalize, properties } from "./properties.ts";
import type { ChatMode } from "./properties.ts";
import { RivuletError } from "./rivulet-error.ts";
import { ScrollPosition } from "./scroll-position.ts";
import { UpdatingElement } from "./updating-element.ts";
import { createViewRequests } from "./view-requests.ts";
import { warmUp } from "./warm-up.ts";

/**
 * An AI chat for any page.
 *
 * @element rivulet-chat
 *
 * @attr {string} endpoint - The worker's address, including its path if it has one. The page's own origin by default.
 * @attr {string} assistant - The assistant's id: the name of its folder in the worker's `assistants/`.
 * @attr {"popup"|"inline"|"sidebar"|"fullscreen"} mode - How the chat is placed in the page; `inline` by default.
 * @attr {"auto"|"light"|"dark"} theme - Follows the page's color scheme by default, or the visitor's system if the page has none.
 * @attr {string} lang - BCP 47 tag of the interface's language; the page's language by default, or English if it has none.
 * @attr {"sentences"|"answer"|"off"} announce - What screen readers announce of an answer: each sentence as it is written, the whole answer at its end, or only that it is ready.
 * @attr {boolean} bring-along - Keeps the conversations from before signing in when `getUserToken` identifies the visitor.
 * @attr {string} page-context - A CSS selector of the part of the page that is sent with questions, if the visitor agrees.
 * @attr {boolean} open - Whether the panel is shown; `inline` always shows it.
 * @attr {"start"|"end"} side - The side of the window where the chat is, in the page's direction of text; `end` by default.
 * @attr {string} inset-inline - Distance of launcher and popup from the edge of the window at `side`, as a CSS length.
 * @attr {string} inset-block - Distance of the launcher from the bottom of the window, as a CSS length.
 * @attr {number} layer - The launcher's z-index; 9000 by default. An open panel is above the page in any case.
 *
 * @attr {string} accent-color - The color that all others are derived from, as a CSS color value.
 * @attr {string} avatar - URL of an image that is shown in place of the first letter of the assistant's title.
 *
 * @fires {CustomEvent} rivulet-ready - The assistant's profile is loaded: the chat can be used.
 * @fires {CustomEvent} rivulet-open - The panel has been opened.
 * @fires {CustomEvent} rivulet-close - The panel has been closed.
 * @fires {CustomEvent} rivulet-send - The visitor is about to send a question; cancelable.
 * @fires {CustomEvent} rivulet-delta - A delta of the answer.
 * @fires {CustomEvent} rivulet-response - The complete answer.
 * @fires {CustomEvent} rivulet-error - Something failed: a code, a sentence, a request id.
 * @fires {CustomEvent} rivulet-stop - A running answer is being stopped.
 * @fires {CustomEvent} rivulet-feedback - The visitor rated an answer.
 * @fires {CustomEvent} rivulet-conversation-change - Another conversation is shown.
 * @fires {CustomEvent} rivulet-navigate - The visitor follows a link to a page of this site; cancelable.
 *
 * @slot header - Between the title and the buttons.
 *
 * @csspart launcher - The button that opens the panel.
 * @csspart teaser - The card beside the launcher, with a site's greeting.
 * @csspart panel - The panel.
 * @csspart header - The bar at its top, with title, tagline and buttons.
 * @csspart button - A button with an icon: in the header, and in the list of conversations.
 * @csspart title - The assistant's title: in the header, and in an empty conversation.
 * @csspart tagline - The line below it.
 * @csspart avatar - The assistant's first letter or image: in the header, in an empty conversation, and beside answers.
 * @csspart tag - The mark that says that an AI answers.
 * @csspart list - The conversations of the visitor, with their data.
 * @csspart list-header - What is above them.
 * @csspart conversation - One of them.
 * @csspart data - What the visitor can do with their data.
 * @csspart messages - The conversation, which scrolls.
 * @csspart column - What is in it, with the gaps between messages.
 * @csspart welcome - An empty conversation.
 * @csspart lines - The lines behind it.
 * @csspart greeting - What the assistant says there.
 * @csspart label - A small heading: above starters, sources, and in the list of conversations.
 * @csspart starters - The questions that an empty conversation suggests.
 * @csspart starter - One of them.
 * @csspart message - One message and everything that belongs to it.
 * @csspart author - Who answers, and when.
 * @csspart time - When.
 * @csspart question - A visitor's message.
 * @csspart answer - An answer's rendered text.
 * @csspart reasoning - What the model thought before an answer, if the assistant exposes it.
 * @csspart thoughts - Its text.
 * @csspart citation - The number of a source in an answer's text.
 * @csspart sources - The sources of an answer.
 * @csspart cards - A row of them.
 * @csspart card - One source.
 * @csspart preview - What a citation shows of its source.
 * @csspart preview-link - The link to it.
 * @csspart actions - The buttons below a message.
 * @csspart action - One of them.
 * @csspart versions - What switches between the versions of an answer.
 * @csspart status - What is shown while something is awaited.
 * @csspart suggestions - The questions that are suggested below the newest answer.
 * @csspart notice - A status line or a failure.
 * @csspart form - What a visitor fills in: an edited question, a comment, a new name, or whether to delete something.
 * @csspart text-button - A button with words: in notices and forms.
 * @csspart jump - The button that scrolls to the newest text.
 * @csspart composer - The area where the visitor writes.
 * @csspart field - The frame around the text field, with the button that sends.
 * @csspart input - The text field.
 * @csspart send - The button that sends.
 * @csspart stop - The button that stops a running answer.
 * @csspart limit - How many characters are left.
 * @csspart page - What is sent of the page, and whether it is.
 * @csspart page-details - Exactly what is sent.
 * @csspart consent - What asks for the visitor's consent, in the place of the text field.
 * @csspart agree - The button that agrees.
 * @csspart footer - The disclosure, with its links.
 *
 * @cssprop --rivulet-accent - The color that all others are derived from.
 * @cssprop --rivulet-neutral - The color whose hue the greys have; the accent by default.
 * @cssprop --rivulet-fill - Background of launcher, avatar and send button: the accent, where text on it can be read.
 * @cssprop --rivulet-on-accent - Text and icons on it.
 * @cssprop --rivulet-fill-edge - A line around it, which sets a light one off against the panel.
 * @cssprop --rivulet-accent-text - The accent as text: links, pressed buttons, focus.
 * @cssprop --rivulet-background - The panel's background.
 * @cssprop --rivulet-raised - Background of fields and cards.
 * @cssprop --rivulet-surface - Background of notices and disabled buttons.
 * @cssprop --rivulet-hover - Background of a button under the pointer.
 * @cssprop --rivulet-border - Borders and lines.
 * @cssprop --rivulet-border-strong - The border of the text field.
 * @cssprop --rivulet-text - Text.
 * @cssprop --rivulet-text-quiet - Secondary text.
 * @cssprop --rivulet-soft - A tint of the accent: background of the visitor's messages.
 * @cssprop --rivulet-soft-border - Its border, where it has one.
 * @cssprop --rivulet-wash - The tint at the top of the panel.
 * @cssprop --rivulet-question-background - Background of the visitor's messages.
 * @cssprop --rivulet-question-text - Text of the visitor's messages.
 * @cssprop --rivulet-danger - Failures.
 * @cssprop --rivulet-shadow - Shadows.
 * @cssprop --rivulet-font - Font family.
 * @cssprop --rivulet-font-mono - Font family of code.
 * @cssprop --rivulet-font-size - Base font size; the visitor's own by default.
 * @cssprop --rivulet-radius - Corner radius of the panel; smaller corners are shares of it.
 * @cssprop --rivulet-width - Width of popup and sidebar.
 * @cssprop --rivulet-height - Maximum height of the popup; height of an inline chat.
 * @cssprop --rivulet-inset - Distance of launcher and popup from the edges of the window.
 * @cssprop --rivulet-inset-inline - The same, from the side alone.
 * @cssprop --rivulet-inset-block - The same, from the bottom alone.
 * @cssprop --rivulet-layer - The launcher's z-index.
 */
export class RivuletChat extends UpdatingElement {
  static {
    this.createProperties(
      {
        ...properties,
        isAtEnd: { type: Boolean, attribute: false, initial: true },
        isEnlarged: { type: Boolean, attribute: false, initial: false },
      },
      normalize,
    );
  }

  declare endpoint: string;
  declare assistant: string;
  declare mode: ChatMode;
  declare theme: "auto" | "light" | "dark";
  declare lang: string;
  /** What screen readers announce of an answer. */
  declare announce: AnnounceMode;
  /** Whether conversations from before signing in are kept: the attribute `bring-along`. */
  declare bringAlong: boolean;
  /** Whether the panel is shown. */
  declare open: boolean;
  /** The side of the window where launcher, popup and sidebar are, in the page's direction of text. */
  declare side?: "start" | "end";
  /** Distance of launcher and popup from the edge of the window at `side`, as a CSS length. */
  declare insetInline?: string;
  /** Distance of the launcher from the bottom of the window, as a CSS length. */
  declare insetBlock?: string;
  /** The launcher's z-index. */
  declare layer?: string | number;
  /** The color that all others are derived from, as a CSS color value. It replaces `--rivulet-accent`. */
  declare accentColor?: string;
  /** URL of an image that is shown in place of the first letter of the assistant's title. */
  declare avatar?: string;
  /** The site's own words. They replace the words of the chat's language. */
  declare strings?: CustomStrings;
  /** Returns the site's signed statement of who is signed in. Called whenever a session begins. */
  declare getUserToken?: () => Promise<string | undefined>;
  /** A CSS selector of the part of the page that is sent with questions: the attribute `page-context`. */
  declare pageContext?: string;
  /** Returns what is sent of the page with a question. Called for each question, and when the visitor looks at it. */
  declare getPageContext?: () => SharedPage | Promise<SharedPage>;
  /** Whether the end of the conversation is in view. */
  declare private isAtEnd: boolean;
  /** Whether a popup takes most of the window. */
  declare private isEnlarged: boolean;

  #conversation: ConversationController | undefined;
  #connected = new AbortController();
  #launcher: HTMLButtonElement | undefined;
  #announcer: ChatAnnouncer | undefined;
  #focus: PanelFocus | undefined;
  #parts: LazyParts | undefined;
  #actions: AnswerActions | undefined;
  readonly #language = new ChatLanguage(this, () => this.#conversation && translateProfile(this.#conversation));
  #isDrawnByScript = false;
  #frame = 0;

  /** Shows the panel. */
  show(): void {
    this.open = true;
  }

  /** Hides the panel; a running answer continues. */
  hide(): void {
    this.open = false;
  }

  /** Shows the panel if it is hidden, hides it if it is shown. */
  toggle(): void {
    this.open = !this.open;
  }

  /**
   * Sends a question as if the visitor had typed it.
   * @returns the complete answer
   * @throws RivuletError with the code of the failure; a DOMException `AbortError` if the text is blank, `rivulet-send`
   * was cancelled, or the visitor has not agreed yet
   */
  async send(text: string): Promise<ResponseEvent> {
    const outcome = await this.#ask(text);
    if (!outcome) throw new DOMException("The message was not sent.", "AbortError");
    if ("response" in outcome) return outcome.response;
    throw new RivuletError(outcome.failure, this.#strings.failures[outcome.failure.code]);
  }

  /** Stops the running answer; the text so far stays. */
  stop(): void {
    const controller = this.#controller;
    if (controller.state.turn.phase === "idle") return;
    controller.stop();
    emit(this, "rivulet-stop", { conversation: controller.state.conversation });
  }

  /** Starts an empty conversation. */
  newConversation(): void {
    this.#controller.restart();
  }

  /** Ends the visitor's session in this browser and at the worker. Call it when the person signs out. */
  reset(): Promise<void> {
    return this.#controller.reset();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#connected = new AbortController();
    const { signal } = this.#connected;
    this.#conversation?.attach();
    const online = () => this.#controller.dispatch({ type: "connectivity", isOnline: navigator.onLine });
    for (const type of ["online", "offline"]) window.addEventListener(type, online, { signal });
    this.#launcher?.addEventListener("click", () => this.toggle(), { signal });
    for (const type of ["pointerenter", "focus"])
      this.#launcher?.addEventListener(type, () => this.#prepare(), { signal });
    if (this.hasUpdated) this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#connected.abort();
    // an element that is only moved in the page is connected again at once, and must not lose its answer
    setTimeout(() => {
      if (this.isConnected) return;
      this.#focus?.dismiss();
      this.#conversation?.detach();
    });
  }

  /** The script tag may have created the root with a launcher in it. */
  protected override createRenderRoot(): ShadowRoot {
    this.#isDrawnByScript = this.shadowRoot !== null;
    const root = super.createRenderRoot();
    root.adoptedStyleSheets = [elementSheet()];
    this.#launcher = launcher.ensureLauncher(this, root);
    this.#launcher.append(launcher.drawIcon("chevron", chevronIcon));
    new Placement(this, root);
    this.#announcer = new ChatAnnouncer(this, root, () => this.#context);
    this.#focus = new PanelFocus(this, {
      root,
      launcher: this.#launcher,
      isPresented: () => this.#isOverlay && this.open && this.isConnected,
      dismissed: () => this.#goBack(),
      changed: (isShown) => emit(this, isShown ? "rivulet-open" : "rivulet-close", { assistant: this.assistant }),
    });
    const host: ChatHost = {
      element: this,
      root,
      controller: () => this.#controller,
      context: () => this.#context,
      say: (text) => this.#announcer?.say(text),
      focusInput: () => this.#focusInput(),
    };
    this.#parts = new LazyParts(host);
    this.#actions = new AnswerActions(host, this.#parts);
    return root;
  }

  /** Delays the first update until the chat's language is loaded, so that the first words are in that language. */
  protected override beforeUpdate(): Promise<unknown> | undefined {
    return this.hasUpdated ? undefined : this.#language.loadFirst();
  }

  protected override willUpdate(changed: ReadonlySet<string>): void {
    void this.#language.load();
    if (changed.has("accentColor")) this.style.removeProperty("--rivulet-accent"); // `placeCorner` applies the new one
    if (this.hasUpdated && (changed.has("endpoint") || changed.has("assistant"))) {
      this.#conversation?.detach();
      this.#conversation = undefined;
    }
    if (this.#isOverlay && (!this.hasUpdated || changed.has("open"))) this.#keepOpenState();
    if (!this.#isOverlay || this.open) this.#prepare();
    if (this.#launcher) this.#showLauncher(this.#launcher); // before the panel closes and hands it the focus
  }

  protected override render(): TemplateResult {
    return panelView(this.#context, {
      mode: this.mode,
      isOverlay: this.#isOverlay,
      isOpen: this.open || !this.#isOverlay,
      isAtEnd: this.isAtEnd,
      isEnlarged: this.isEnlarged && this.mode === "popup",
      isListOpen: this.#parts?.isListOpen === true,
      hasList: this.#controller.api.hasSession || this.getUserToken !== undefined,
      onKeydown: (event) => this.#onKeydown(event),
      onClick: (event) => navigate(this, event),
    });
  }

  protected override updated(): void {
    this.#parts?.updateList();
    this.#showDraft();
    if (this.open || !this.#isOverlay) this.#parts?.noteShown();
  }

  get #isOverlay(): boolean {
    return this.mode !== "inline";
  }

  get #strings(): Strings {
    return this.#language.strings;
  }

  get #input(): HTMLTextAreaElement | null {
    return this.renderRoot.querySelector<HTMLTextAreaElement>("[part=input]");
  }

  get #context(): ViewContext {
    return {
      state: this.#controller.state,
      strings: this.#strings,
      pageLang: this.#language.pageLang,
      requests: this.#requests,
      now: Date.now(),
      copied: this.#actions?.copied ?? "",
      versions: this.#actions?.versions ?? new Map(),
      detail: this.#parts?.detail,
      forms: this.#parts?.forms,
      extras: this.#parts?.extras,
      sources: this.#parts?.sources,
      consent: this.#parts?.consent,
    };
  }

  /**
   * The current controller. It is created at first use, and again after `endpoint` or `assistant` has changed. Creating
   * it sends no request.
   */
  get #controller(): ConversationController {
    if (this.#conversation) return this.#conversation;
    // with an invalid address, requests fail and the console says why
    const endpoint = attempt(() => absoluteEndpoint(this.endpoint)) ?? this.endpoint;
    const listener: ConversationListener = {
      changed: (action) => this.#changed(action),
      received: (event) => emitTurnEvent(this, event, this.#context),
      failed: (failure) => emitFailure(this, failure, this.#context, endpoint),
      listChanged: () => this.#parts?.listChanged(),
      visitorChanged: () => this.#parts?.visitorChanged(),
      readPage: () => this.#parts?.page?.read(),
      askConsent: (profile) => this.#parts?.askConsent(profile) ?? profile,
    };
    const lang = () => this.#language.pageLang;
    const token = (isRequired: boolean) => this.#parts?.challengeToken(isRequired);
    this.#conversation = createController(this, endpoint, listener, lang, token);
    if (this.isConnected) this.#conversation.attach();
    return this.#conversation;
  }

  readonly #requests = createViewRequests({
    element: this,
    controller: () => this.#controller,
    parts: () => this.#parts,
    actions: () => this.#actions,
    ask: (text, replaces) => void this.#ask(text, replaces),
    enlarge: () => (this.isEnlarged = !this.isEnlarged),
    focusInput: () => this.#focusInput(),
    jumpToLatest: () => this.#scroll.toEnd(),
  });

  readonly #scroll = new ScrollPosition(
    this,
    () => this.#controller,
    (isAtEnd) => (this.isAtEnd = isAtEnd),
  );

  /** Fetches the profile when a visitor is about to use the chat, or can see it. */
  #prepare(): void {
    void this.#controller.start();
  }

  /**
   * Opens the panel if it was open on the previous page, and saves later changes. A script tag opens the panel itself;
   * if its launcher has the focus, the visitor has just pressed it.
   */
  #keepOpenState(): void {
    const isPressed = this.#isDrawnByScript && this.shadowRoot?.activeElement === this.#launcher;
    if (this.hasUpdated || isPressed) return this.#controller.noteOpen(this.open);
    const saved = this.#controller.readTabState();
    if (saved?.isPending) this.#prepare();
    if (saved?.isOpen !== undefined && !this.#isDrawnByScript) this.open = saved.isOpen;
  }

  async #ask(text: string, replaces?: string): Promise<Outcome | undefined> {
    const controller = this.#controller;
    if (!controller.state.profile.profile) await controller.loadProfile(); // the profile may require consent
    const { conversation, profile } = controller.state;
    if (profile.profile && !isAgreed(controller.state)) return undefined;
    if (text.trim() === "" || !emit(this, "rivulet-send", { conversation, text })) return undefined;
    return controller.send(text, replaces);
  }

  #changed(action: ChatAction): void {
    const isSent = action.type === "sent";
    if (isSent) this.#showDraft(); // text typed before the next frame is not part of the question
    if (isSent || (action.type === "received" && action.event.type === "delta")) this.#updateNextFrame();
    else this.requestUpdate();
    this.#announcer?.changed(action);
    emitChange(this, action, this.#controller.state);
    this.#parts?.noteAnswers(this.#controller.state);
    if (action.type === "profile-loaded") warmUp(this.#strings);
    if (isSent) this.#scroll.toQuestion(action.id);
    if (action.type === "retried") this.#scroll.toQuestion(action.question);
    if (action.type === "opened") this.#scroll.awaitHistory();
    if (action.type === "history-loaded") void this.#scroll.restore();
  }

  /**
   * Updates the element in the next frame, because sending must not wait for rendering, and deltas arrive faster than a
   * screen can show them. A hidden page has no frames, so it is updated when the turn ends.
   */
  #updateNextFrame(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => this.requestUpdate());
  }

  #onKeydown(event: KeyboardEvent): void {
    if (event.key !== "Escape" || event.isComposing || !(this.#isOverlay || this.#parts?.isListOpen)) return;
    useEscape(event);
    this.#goBack();
  }

  /** Closes the conversation list if it is open, otherwise the panel. */
  #goBack(): void {
    if (this.#parts?.isListOpen) this.#parts.closeList();
    else this.hide();
  }

  #showLauncher(button: HTMLButtonElement): void {
    button.hidden = !this.#isOverlay;
    launcher.showLauncher(button, this.open ? "open" : "closed", this.#strings.launcher);
  }

  #showDraft(): void {
    showDraft(this.#input, this.#controller.state.draft);
  }

  #focusInput(): void {
    void this.updateComplete.then(() => this.#input?.focus());
  }
}
