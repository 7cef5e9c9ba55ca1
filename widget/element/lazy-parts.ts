import type { ChatProfile } from "../../protocol/index.ts";
import type { Consent } from "../consent/consent.ts";
import type { ConversationListController } from "../conversation-list/conversation-list-controller.ts";
import type { AvatarPart } from "../avatar/avatar-part.ts";
import { toFailure } from "../conversation/failure.ts";
import { loadOnDemand } from "../conversation/load-on-demand.ts";
import type { ChatState } from "../conversation/state.ts";
import type { HandoverPart } from "../handover/handover-part.ts";
import type { PagePart } from "../page/page-part.ts";
import type { AnswerExtras, MessageDetail, MessageForms, SourceViews } from "../view/context.ts";
import { failuresOf } from "../view/notice.ts";
import type { ChatHost } from "./chat-host.ts";

/**
 * A part that the chat does without if it cannot be loaded: the views that few messages need (`extras`, `sources`), the
 * part that shares the page, the form that writes to people, and the assistant's image.
 */
type SilentPart = "extras" | "sources" | "page" | "handover" | "avatar";

/**
 * The parts that few visitors use, which load when they are first needed, for example the conversation list, the
 * message forms, the challenge and the views of sources.
 */
export class LazyParts {
  readonly #host: ChatHost;
  isListOpen = false;
  detail: MessageDetail | undefined;
  forms: MessageForms | undefined;
  extras: AnswerExtras | undefined;
  sources: SourceViews | undefined;
  page: PagePart | undefined;
  handover: HandoverPart | undefined;
  avatar: AvatarPart | undefined;
  consent: Consent | undefined;
  /**
   * By part, the point in the conversation at which loading was last tried. It is tried only once at the same point.
   */
  readonly #tried: Partial<Record<SilentPart, string>> = {};
  #list: ConversationListController | undefined;

  constructor(host: ChatHost) {
    this.#host = host;
  }

  /** Switches between the conversation list and the conversation. */
  async toggleList(): Promise<void> {
    if (this.isListOpen) return this.closeList();
    const list = await this.#loadList();
    if (!list) return;
    this.isListOpen = true;
    list.draw();
    await this.#redraw();
    list.show();
  }

  closeList(): void {
    this.isListOpen = false;
    this.#list?.hide();
    void this.#redraw().then(() => this.#host.focusInput());
  }

  /** Called when one of the conversations has changed. */
  listChanged(): void {
    this.#list?.changed();
  }

  /** Called after each update of the element. */
  updateList(): void {
    this.#list?.update();
  }

  /** Called when the visitor has changed. */
  visitorChanged(): void {
    this.consent?.forget();
    this.detail = undefined;
    this.#list?.clear();
  }

  /**
   * Loads the view that asks for consent, if the assistant asks for it.
   * @returns the profile; if the assistant asks for consent, `available` says whether the visitor has agreed
   * @throws TransportError if the view cannot be loaded: without it, nobody can agree
   */
  async askConsent(profile: ChatProfile): Promise<ChatProfile> {
    if (!profile.consent) return profile;
    const { partOf } = await loadOnDemand(this.#host.controller().api, () => import("../consent/consent.ts"));
    this.consent ??= partOf(this.#host);
    return this.consent.applyTo(profile);
  }

  /**
   * Loads the views of sources and the extras of `companion.ts` once something in the conversation or the profile needs
   * them, and the form that writes to people if the assistant has a handover. If a part cannot be loaded, messages are
   * shown without it, and the next message or phase of a turn tries again.
   */
  noteAnswers(state: ChatState): void {
    const { messages, turn, profile } = state;
    const at = `${messages.at(-1)?.id} ${turn.phase}`;
    const answers = messages.filter((message) => message.role === "assistant");
    if (answers.some(({ sources }) => sources.length > 0))
      this.#loadPart("sources", at, () => import("../sources/sources.ts"));
    const isSpecial = answers.some(
      ({ progress, suggestions, versions, createdAt }) =>
        progress === "reasoning" || suggestions || versions.length > 0 || createdAt < performance.timeOrigin,
    );
    const isUnread = turn.phase !== "idle" && this.#host.root.querySelector("[part=panel][hidden]");
    const canSpeak = profile.profile?.speech;
    if (
      isSpecial ||
      isUnread ||
      canSpeak ||
      messages.length > 2 ||
      failuresOf(state).some((failure) => failure?.requestId ?? failure?.retryAt)
    )
      this.#loadPart("extras", at, () => import("../companion/companion.ts"));
    if (profile.profile?.handover) this.#loadPart("handover", at, () => import("../handover/handover-part.ts"));
  }

  /** Loads the optional parts that are of use only in a visible panel: the part that reads the page, and the avatar. */
  noteShown(): void {
    const { element, controller } = this.#host;
    const { turn, profile } = controller().state;
    if (element.pageContext ?? element.getPageContext)
      this.#loadPart("page", turn.phase, () => import("../page/page-part.ts"));
    if (element.avatar ?? profile.profile?.avatar)
      this.#loadPart("avatar", turn.phase, () => import("../avatar/avatar-part.ts"));
  }

  #loadPart<Name extends SilentPart>(
    this: LazyParts,
    name: Name,
    at: string,
    load: () => Promise<{ partOf(host: ChatHost): NonNullable<LazyParts[Name]> & { styles: string } }>,
  ): void {
    if (this[name] || this.#tried[name] === at) return;
    this.#tried[name] = at;
    void load().then(
      ({ partOf }) => {
        if (this[name]) return undefined; // another try has loaded it in the meantime
        const part = partOf(this.#host);
        this.#adopt(part.styles);
        this[name] = part;
        return this.#redraw();
      },
      () => undefined,
    );
  }

  /** Opens the form at a message; undefined closes it. */
  async openDetail(detail: MessageDetail | undefined): Promise<void> {
    const before = this.detail;
    if (detail && !(await this.#loadForms())) return;
    this.detail = detail;
    await this.#redraw();
    const message = `[data-message="${CSS.escape((detail ?? before)?.message ?? "")}"]`;
    this.#host.root.querySelector<HTMLElement>(`${message} ${detail ? "textarea" : ".actions>:last-child"}`)?.focus();
  }

  /**
   * Has the visitor solve a challenge if the assistant is known to require one, or the worker has just asked for one.
   * @param isRequired whether the worker has just asked for one
   * @returns the challenge's token; undefined if none is needed, or the chat has no place to show one
   * @throws TransportError if the challenge's code cannot be loaded
   */
  async challengeToken(isRequired: boolean): Promise<string | undefined> {
    const { state, api } = this.#host.controller();
    const isExpected = state.profile.profile?.turnstile;
    const container = this.#host.root.querySelector<HTMLElement>(".challenge");
    if (!container || !(isRequired || isExpected)) return undefined;
    const { solveChallenge } = await loadOnDemand(api, () => import("../challenge/challenge.ts"));
    return solveChallenge({ ...this.#host, container }, api);
  }

  /** Loads code that is needed at once. If that fails, a notice above the composer says so. */
  async load<T>(load: () => Promise<T>): Promise<T | undefined> {
    const controller = this.#host.controller();
    try {
      const part = await loadOnDemand(controller.api, load);
      controller.dispatch({ type: "notice-changed" });
      return part;
    } catch (error) {
      controller.dispatch({ type: "notice-changed", failure: toFailure(error, Date.now()) });
      return undefined;
    }
  }

  #redraw(): Promise<unknown> {
    this.#host.element.requestUpdate();
    return this.#host.element.updateComplete;
  }

  async #loadList(): Promise<ConversationListController | undefined> {
    if (this.#list) return this.#list;
    const { root } = this.#host;
    const container = root.querySelector<HTMLElement>(".conversation-list");
    const loaded = await this.load(() => import("../conversation-list/conversation-list-controller.ts"));
    if (!loaded || !container) return undefined;
    this.#list = new loaded.ConversationListController({
      ...this.#host,
      get container() {
        return root.querySelector<HTMLElement>(".conversation-list") ?? container; // a change of mode replaces the node
      },
      close: () => this.closeList(),
    });
    return this.#list;
  }

  /** @returns whether the forms are loaded */
  async #loadForms(): Promise<boolean> {
    if (this.forms) return true;
    const loaded = await this.load(() => import("../forms/forms.ts"));
    if (!loaded) return false;
    this.#adopt(loaded.formStyles);
    this.forms = loaded;
    return true;
  }

  #adopt(styles: string): void {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(styles);
    this.#host.root.adoptedStyleSheets.push(sheet);
  }
}
