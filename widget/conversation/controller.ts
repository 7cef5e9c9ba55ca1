import type { ChatEvent, PageContext } from "../../protocol/index.ts";
import type { ChatApi } from "../transport/api.ts";
import { TransportError } from "../transport/failure.ts";
import { canAsk } from "./draft.ts";
import { refusal, toFailure } from "./failure.ts";
import { loadProfile } from "./load-profile.ts";
import type { ProfileListener } from "./load-profile.ts";
import type { Outcome } from "./outcome.ts";
import type { TabState } from "./tab-state.ts";
import { TabStateSaver } from "./tab-state-saver.ts";
import { reduce } from "./reduce.ts";
import type { ChatAction } from "./reduce.ts";
import { findAnswer, findQuestion, initialState, undelivered } from "./state.ts";
import type { AnswerState, ChatState, Failure, ScrollAnchor } from "./state.ts";
import type { TabStateStore } from "./storage.ts";
import { findRecentConversation, loadHistoryChunk, fetchConversation } from "./stored-conversations.ts";
import { Tabs } from "./tabs.ts";
import type { TabMessage } from "./tabs.ts";
import { TurnRunner } from "./turn-runner.ts";
import { createUuid } from "./uuid.ts";
import { onPageRestored, onPageActive } from "./page-lifecycle.ts";

/** Receives what happens in a conversation. */
export interface ConversationListener extends ProfileListener {
  /** The state has changed. */
  changed(action: ChatAction): void;
  /** An event of the turn was processed. */
  received(event: ChatEvent): void;
  /** One of the visitor's conversations was created, renamed or deleted. */
  listChanged(): void;
  /** The visitor has changed. Nothing that belongs to the earlier visitor may be shown. */
  visitorChanged(): void;
  /** Reads the part of the page that is sent with a question. The promise never rejects. */
  readPage(): Promise<PageContext | undefined> | undefined;
}

/** The dependencies of a controller. */
export interface ControllerParts {
  api: ChatApi;
  tabStates: TabStateStore;
  /** Name of the channel that tabs with the same visitor share. */
  tabsName: string;
  listener: ConversationListener;
}

/** Actions that change messages here, as opposed to reading them from the worker. */
const changesMessages = new Set<ChatAction["type"]>(["sent", "retried", "followed", "received", "rated"]);

/**
 * Manages the conversation that is shown. It handles requests, runs turns and keeps the state. It does not depend on
 * the view.
 */
export class ConversationController {
  readonly api: ChatApi;
  readonly #tabState: TabStateSaver;
  readonly #listener: ConversationListener;
  readonly #turns: TurnRunner;
  readonly #tabsName: string;
  #tabs: Tabs | undefined;
  #attached: AbortController | undefined;
  #state: ChatState = initialState(createUuid());
  #isStarted = false;
  #isStale = false;
  /** Counts changes to the messages here. A response that was requested before a change is outdated. */
  #changes = 0;
  #loading: Promise<boolean> | undefined;
  #profile: Promise<void> | undefined;
  #retryTimer: ReturnType<typeof setTimeout> | undefined;

  constructor({ api, tabStates, tabsName, listener }: ControllerParts) {
    this.api = api;
    this.#tabState = new TabStateSaver(tabStates, api);
    this.#listener = listener;
    this.#tabsName = tabsName;
    this.#turns = new TurnRunner(api, {
      state: () => this.#state,
      dispatch: (action) => this.dispatch(action),
      received: (event) => listener.received(event),
      failed: (failure) => listener.failed(failure),
      read: () => this.#read(),
      began: () => this.#began(),
    });
  }

  get state(): ChatState {
    return this.#state;
  }

  /** The reader's position that was last saved; undefined if they were at the end of the conversation. */
  get scrollAnchor(): ScrollAnchor | undefined {
    return this.#tabState.scrollAnchor;
  }

  /** Applies an action to the state. */
  dispatch(action: ChatAction): void {
    const next = reduce(this.#state, action);
    if (next === this.#state) return;
    this.#state = next;
    if (changesMessages.has(action.type)) this.#changes += 1;
    if (action.type !== "received") this.#saveTabState();
    this.#listener.changed(action);
    // a question may have waited for the profile; if the conversation is still loading, `#restore` sends it later
    if (action.type === "profile-loaded" && next.history.state !== "loading") void this.#deliver();
    if (next.turn.phase === "idle" && this.#isStale) void this.catchUp();
  }

  /** Starts listening to other tabs, the network and the page. */
  attach(): void {
    if (this.#attached) return;
    this.#attached = new AbortController();
    const { signal } = this.#attached;
    this.#tabs = new Tabs(this.#tabsName, (message) => this.#receive(message), signal);
    // the visitor may have continued the conversation on another page
    onPageRestored(() => this.#isStarted && void this.#restore(), signal);
    onPageActive(() => void this.catchUp(), signal);
    if (this.#isStarted) void this.catchUp();
  }

  /** Stops listening, and stops following the turn. The turn continues in the worker, and can be followed again. */
  detach(): void {
    this.#attached?.abort();
    this.#attached = undefined;
    this.#turns.disconnect();
    clearTimeout(this.#retryTimer);
  }

  /** Fetches the profile and the visitor's conversation. */
  async start(): Promise<void> {
    if (this.#isStarted) return;
    this.#isStarted = true;
    await Promise.all([this.#restore(), this.loadProfile()]); // the saved state is read before anything is saved
  }

  /** Fetches the assistant's profile, unless it is loaded. Resolves even if that fails. */
  loadProfile(): Promise<void> {
    return (this.#profile ??= loadProfile(this, this.#listener).finally(() => (this.#profile = undefined)));
  }

  /**
   * Sends a question. `text` must not be empty. While a turn is running, the question is refused.
   * @param replaces id of an earlier question, which is removed with everything after it
   */
  async send(text: string, replaces?: string): Promise<Outcome> {
    const { profile, turn } = this.#state;
    if (turn.phase !== "idle") return { failure: refusal("turn_in_progress") };
    if (profile.state === "failed") return { failure: profile.failure };
    const id = createUuid();
    this.dispatch({ type: "sent", id, content: text, at: Date.now(), replaces });
    return this.#post(id);
  }

  /**
   * Retries a message that failed. A question is posted again with the same id. An answer whose connection broke is
   * followed again; any other answer is regenerated.
   */
  async retry(id: string): Promise<void> {
    await this.loadProfile(); // the profile says whether the visitor must agree first
    if (!canAsk(this.#state)) return;
    const answer = findAnswer(this.#state, id);
    if (findQuestion(this.#state, id)) {
      this.dispatch({ type: "retried", question: id });
      await this.#post(id);
    } else if (answer?.failure?.code === "interrupted") {
      await this.#resume(answer); // only the connection broke
    } else if (answer) {
      await this.regenerate(answer.replyTo);
    }
  }

  /** Requests another answer to the last question. */
  async regenerate(message: string): Promise<void> {
    await this.loadProfile(); // the profile says whether the visitor must agree first
    if (!canAsk(this.#state)) return;
    const request = { conversation: this.#state.conversation, message, id: createUuid() };
    this.dispatch({ type: "retried", question: message });
    await this.#turns.run(message, (signal) => this.api.regenerate(request, signal));
  }

  /** Stops the running turn. The text so far stays. */
  stop(): void {
    this.#turns.stop();
  }

  /** Starts an empty conversation, after stopping a running turn. */
  restart(): void {
    this.stop();
    this.#turns.drop();
    this.#tabState.goTo({ isStored: false });
    this.dispatch({ type: "restarted", conversation: createUuid() });
  }

  /** Shows one of the visitor's conversations. A turn that is running in the previous one continues in the worker. */
  async open(conversation: string): Promise<void> {
    this.#show({ conversation, draft: this.#state.draft, undelivered: [], isStored: true });
    await this.catchUp();
  }

  /**
   * Reads the changes that were made to the conversation elsewhere, and follows its running turn. Loads the profile if
   * it is missing.
   */
  async catchUp(): Promise<void> {
    if (!this.api.checkVisitor()) return;
    this.#isStale = this.#state.turn.phase !== "idle";
    if (this.#isStarted) void this.loadProfile();
    if (this.#isStale || !this.#tabState.isStored) return;
    await this.#read();
    const running = this.#state.messages.at(-1);
    if (this.#state.turn.phase !== "idle" || running?.role !== "assistant" || running.status !== "running") return;
    void this.#resume(running);
  }

  /**
   * Fetches older messages.
   * @returns steps that add them to the state; the caller runs them when it can render them
   */
  async fetchOlder(): Promise<(() => void)[]> {
    const stored = await fetchConversation(this.api, this.#state.conversation, this.#state.previous);
    const { olderSteps } = await loadHistoryChunk(this.api);
    return olderSteps(stored).map((step) => () => this.dispatch({ type: "older-loaded", next: step(this.#state) }));
  }

  /**
   * Tells the other tabs that `conversation` has changed. If `conversation` is omitted, it tells them that the visitor
   * is signed out.
   */
  notifyTabs(conversation?: string): void {
    this.#tabs?.send(conversation === undefined ? { type: "signed-out" } : { type: "changed", conversation });
  }

  /** Saves whether the panel is open. */
  noteOpen(isOpen: boolean): void {
    this.#tabState.noteOpen(isOpen);
    this.#saveTabState();
  }

  /** Saves where the reader is; undefined means at the end. */
  noteScrollAnchor(anchor: ScrollAnchor | undefined): void {
    this.#tabState.scrollAnchor = anchor;
    this.#saveTabState();
  }

  /** Reads the state that this tab saved. */
  readTabState(): TabState | undefined {
    return this.#tabState.read();
  }

  /** Ends the visitor's session in every tab. */
  async reset(): Promise<void> {
    const ending = this.api.endSession(); // first, so that no pending request can restore the session
    this.forget();
    await ending.catch((error: unknown) => this.#listener.failed(toFailure(error, Date.now())));
  }

  /** Forgets the visitor in every tab, for example after the worker has deleted their data. */
  forget(): void {
    this.api.forgetSession();
    this.#forget();
    this.notifyTabs();
  }

  /**
   * Clears the conversation, because signing in or out has made them a different visitor. Their draft stays, and so do
   * the questions that are not delivered yet.
   */
  switchVisitor(): void {
    this.#tabState.goTo({ isStored: false });
    this.dispatch({ type: "visitor-switched" });
    this.#listener.visitorChanged();
    this.#tabs?.send({ type: "visitor-changed" });
  }

  /**
   * Clears everything, because another page of this browser has signed the visitor out or somebody else in. Then shows
   * the new visitor's conversation, if there is one.
   */
  replaceVisitor(): void {
    const saved = this.#tabState.read(); // a later page of this tab may have saved it
    this.#forget();
    this.#tabs?.send({ type: "visitor-changed" });
    if (this.#isStarted) void this.#restore(saved);
  }

  #forget(): void {
    this.#turns.drop();
    clearTimeout(this.#retryTimer);
    this.#isStale = false;
    // Cleared before dispatching, so that nothing is read for the old visitor, and again afterwards, because dispatching
    // saves the state.
    this.#tabState.clear();
    this.dispatch({ type: "restarted", conversation: createUuid() });
    this.#tabState.clear();
    this.#listener.visitorChanged();
  }

  #receive(message: TabMessage): void {
    if (!this.api.checkVisitor() || message.type === "visitor-changed") return;
    if (message.type === "signed-out") {
      this.api.forgetSession();
      return this.#forget();
    }
    this.#listener.listChanged();
    const isEmpty = this.#tabState.isDefaultConversation && this.#state.messages.length === 0;
    if (message.conversation === this.#state.conversation) {
      this.#tabState.isStored = true;
      void this.catchUp();
    } else if (isEmpty && this.#isStarted) {
      void this.open(message.conversation);
    }
  }

  /**
   * Continues the conversation from the previous page or another tab.
   * @param kept the state that this tab has saved for the visitor, if the caller has read it already
   */
  async #restore(kept?: TabState): Promise<void> {
    if (!this.api.checkVisitor()) return; // `checkVisitor` has called `replaceVisitor`, which restores
    const saved = kept ?? this.#tabState.read();
    // another page signed the visitor out
    if ((saved ?? this.#tabState).isStored && !this.api.hasSession) return this.#forget();
    if (saved) {
      this.#show(saved);
      await this.catchUp();
      await this.#deliver();
    } else if (this.api.hasSession) {
      const recent = await findRecentConversation(this.api);
      if (!this.#attached) this.#isStarted = false; // the chat left the page, and starts again when it is back
      else if (recent !== undefined && this.#state.messages.length === 0) await this.open(recent);
    }
  }

  /** Sends a question that was not delivered before the visitor left the previous page. */
  async #deliver(): Promise<void> {
    const waiting = undelivered(this.#state).find(({ delivery }) => delivery.state === "sending");
    if (waiting) await this.retry(waiting.id);
  }

  #show(saved: Omit<TabState, "isPending">): void {
    this.#turns.drop();
    this.#tabState.goTo(saved);
    this.#loading = undefined;
    this.dispatch({ type: "opened", ...saved });
  }

  /**
   * Reads the conversation. Calls made while a read is in progress share it.
   * @returns whether a turn is running in the conversation
   */
  #read(): Promise<boolean> {
    return (this.#loading ??= this.#load(this.#state.conversation).finally(() => (this.#loading = undefined)));
  }

  async #load(conversation: string): Promise<boolean> {
    const isHere = () => this.#state.conversation === conversation;
    const changes = this.#changes;
    try {
      const stored = await fetchConversation(this.api, conversation);
      const { loadNewest } = await loadHistoryChunk(this.api);
      if (isHere() && changes !== this.#changes) return this.#readAgain(conversation);
      if (isHere()) this.dispatch({ type: "history-loaded", next: loadNewest(this.#state, stored) });
      return isHere() && stored.active !== null;
    } catch (error) {
      if (!isHere()) return false;
      if (this.#state.turn.phase !== "idle") throw error;
      const isGone = error instanceof TransportError && error.code === "not_found";
      if (isGone && changes !== this.#changes) return this.#readAgain(conversation); // it was created in the meantime
      if (isGone) this.#leave();
      else this.dispatch({ type: "history-failed", failure: toFailure(error, Date.now()) });
      return false;
    }
  }

  /**
   * Handles an outdated response by reading the conversation again. If a turn has started on this page since, the
   * conversation is read when that turn has ended.
   */
  #readAgain(conversation: string): Promise<boolean> {
    this.#isStale = this.#state.turn.phase !== "idle";
    return this.#isStale ? Promise.resolve(true) : this.#load(conversation);
  }

  /**
   * Called when the conversation was deleted or belongs to another visitor. Moves the draft and the undelivered
   * questions to a new conversation.
   */
  #leave(): void {
    const { draft } = this.#state;
    this.#show({ conversation: createUuid(), draft, undelivered: undelivered(this.#state), isStored: false });
  }

  #began(): void {
    this.#tabState.isStored = true;
    this.#tabState.isDefaultConversation = false;
    this.#saveTabState();
    this.notifyTabs(this.#state.conversation);
    this.#listener.listChanged();
  }

  #saveTabState(): void {
    // nothing is saved while the chat is not in the page, or before it has read the saved state
    if (this.#attached && this.#isStarted) this.#tabState.save(this.#state);
  }

  async #post(id: string): Promise<Outcome> {
    const { content: userPrompt = "", replaced } = findQuestion(this.#state, id) ?? {};
    const request = { conversation: this.#state.conversation, id, userPrompt, replaces: replaced?.[0]?.id };
    const page = this.#listener.readPage(); // read now, because the page may be another one when the connection is back
    const outcome = await this.#turns.run(id, async (signal) =>
      this.api.message({ ...request, pageContext: await page }, signal),
    );
    const { isAutomatic, retryAt = 0 }: Partial<Failure> = "failure" in outcome ? outcome.failure : {};
    clearTimeout(this.#retryTimer);
    if (isAutomatic) this.#retryTimer = setTimeout(() => void this.retry(id), retryAt - Date.now());
    return outcome;
  }

  /** Follows an answer again. The stream resumes after the last event that was received. */
  async #resume({ id, replyTo }: AnswerState): Promise<void> {
    this.dispatch({ type: "followed", answer: id });
    await this.#turns.run(replyTo);
  }
}
