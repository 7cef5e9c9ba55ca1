import type { ChatEvent } from "../../protocol/index.ts";
import type { ChatApi } from "../transport/api.ts";
import { TransportError } from "../transport/failure.ts";
import { refusal, toFailure } from "./failure.ts";
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

/** Who is told of what happens in a conversation. */
export interface ConversationListener {
  /** The state is another one. */
  changed(action: ChatAction): void;
  /** An event of the turn has been taken in. */
  received(event: ChatEvent): void;
  /** Something did not work; the state says so as well. */
  failed(failure: Failure): void;
  /** One of the visitor's conversations is new, is called otherwise, or is gone. */
  listed(): void;
}

/** What a controller is made of. */
export interface ControllerParts {
  api: ChatApi;
  tabStates: TabStateStore;
  /** Names the channel of the tabs that share a visitor. */
  tabsName: string;
  listener: ConversationListener;
}

/** What happens to messages here, and not in what was read of them. */
const changesMessages = new Set<ChatAction["type"]>(["sent", "retried", "followed", "received", "rated"]);

/** The conversation that is shown: takes requests, runs turns, keeps the state. It knows nothing of how it is shown. */
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
  /** Counts what has happened to the messages here: what was read before is older than what is shown. */
  #changes = 0;
  #loading: Promise<boolean> | undefined;
  #later: ReturnType<typeof setTimeout> | undefined;

  constructor({ api, tabStates, tabsName, listener }: ControllerParts) {
    this.api = api;
    this.#tabState = new TabStateSaver(tabStates);
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

  /** Where the reader was on the page before, until he scrolls. */
  get scrollAnchor(): ScrollAnchor | undefined {
    return this.#tabState.scrollAnchor;
  }

  /** Takes in something that happened in the page. */
  dispatch(action: ChatAction): void {
    const next = reduce(this.#state, action);
    if (next === this.#state) return;
    this.#state = next;
    if (changesMessages.has(action.type)) this.#changes += 1;
    if (action.type !== "received") this.#saveTabState();
    this.#listener.changed(action);
    if (next.turn.phase === "idle" && this.#isStale) void this.catchUp();
  }

  /** Listens to other tabs, the network and the page. */
  attach(): void {
    if (this.#attached) return;
    this.#attached = new AbortController();
    const { signal } = this.#attached;
    this.#tabs = new Tabs(this.#tabsName, (message) => this.#hear(message), signal);
    onPageRestored(() => this.#isStarted && void this.#restore(), signal); // on other pages the visitor may have gone on
    onPageActive(() => void this.catchUp(), signal);
    if (this.#isStarted) void this.catchUp();
  }

  /** Lets go of everything. The turn itself goes on in the worker, and can be followed again. */
  detach(): void {
    this.#attached?.abort();
    this.#attached = undefined;
    this.#turns.disconnect();
    clearTimeout(this.#later);
  }

  /** Fetches the profile, and what the visitor has here already. */
  async start(): Promise<void> {
    if (this.#isStarted) return;
    this.#isStarted = true;
    await Promise.all([this.#restore(), this.loadProfile()]); // what is kept is read before anything is kept
  }

  /** Fetches the assistant's profile, unless it is there or on its way. */
  async loadProfile(): Promise<void> {
    const { state } = this.#state.profile;
    if (state === "ready" || state === "loading") return;
    if (this.api.assistant === "") return this.#failProfile(refusal("missing_assistant"));
    this.dispatch({ type: "profile-requested" });
    try {
      this.dispatch({ type: "profile-loaded", profile: await this.api.profile() });
    } catch (error) {
      this.#failProfile(toFailure(error, Date.now()));
    }
  }

  /**
   * Asks. `text` must not be empty, and no turn may be running.
   * @param replaces id of an earlier question, which leaves the conversation with all that followed it
   */
  send(text: string, replaces?: string): Promise<Outcome> {
    if (this.#state.turn.phase !== "idle") return Promise.resolve({ failure: refusal("turn_in_progress") });
    const id = createUuid();
    this.dispatch({ type: "sent", id, content: text, at: Date.now(), replaces });
    return this.#post(id);
  }

  /** Tries once more what failed: a question is posted again under its id, an answer is continued or made anew. */
  async retry(id: string): Promise<void> {
    if (this.#state.turn.phase !== "idle") return;
    const answer = findAnswer(this.#state, id);
    if (findQuestion(this.#state, id)) {
      this.dispatch({ type: "retried", question: id });
      await this.#post(id);
    } else if (answer) {
      await this.#answerAgain(answer);
    }
  }

  /** Asks for another answer to the last question. */
  async regenerate(message: string): Promise<void> {
    if (this.#state.turn.phase !== "idle") return;
    const { conversation } = this.#state;
    const request = { conversation, message, id: createUuid() };
    this.dispatch({ type: "retried", question: message });
    await this.#turns.run(message, (signal) => this.api.regenerate(request, signal));
  }

  /** Ends the running turn. What was written so far stays. */
  stop(): void {
    this.#turns.stop();
  }

  /** Begins an empty conversation. A turn that still runs is stopped first. */
  restart(): void {
    this.stop();
    this.#turns.drop();
    this.#tabState.goTo({ isStored: false });
    this.dispatch({ type: "restarted", conversation: createUuid() });
  }

  /** Shows one of the visitor's conversations. A turn that runs in the one before goes on. */
  async open(conversation: string): Promise<void> {
    this.#show({ conversation, draft: this.#state.draft, undelivered: [], isStored: true });
    await this.catchUp();
  }

  /** Reads what has happened in the conversation elsewhere, and follows the turn that runs in it. */
  async catchUp(): Promise<void> {
    this.#isStale = this.#state.turn.phase !== "idle";
    if (this.#isStale || !this.#tabState.isStored) return;
    await this.#read();
    const running = this.#state.messages.at(-1);
    if (this.#state.turn.phase !== "idle" || running?.role !== "assistant" || running.status !== "running") return;
    void this.#resume(running);
  }

  /**
   * Fetches older messages.
   * @returns takes them in: whoever shows them does so at a moment of his own
   */
  async fetchOlder(): Promise<(() => void)[]> {
    const { conversation, previous } = this.#state;
    const stored = await fetchConversation(this.api, conversation, previous);
    const { olderSteps } = await loadHistoryChunk(this.api);
    return olderSteps(stored).map((step) => () => this.dispatch({ type: "older-loaded", next: step(this.#state) }));
  }

  /** Tells the other tabs that one of the visitor's conversations is another one now. */
  notifyTabs(conversation: string): void {
    this.#tabs?.tell({ type: "changed", conversation });
  }

  /** Notes that the visitor, or the page, has opened or closed the panel. */
  noteOpen(isOpen: boolean): void {
    this.#tabState.noteOpen(isOpen);
    this.#saveTabState();
  }

  /** Notes where the reader is; undefined is at the end. */
  noteScrollAnchor(anchor: ScrollAnchor | undefined): void {
    this.#tabState.scrollAnchor = anchor;
    this.#saveTabState();
  }

  /** What was kept of the visitor's saved in this tab. */
  readTabState(): TabState | undefined {
    return this.#tabState.read();
  }

  /** Forgets the visitor, in every tab. */
  async reset(): Promise<void> {
    const ending = this.api.endSession(); // first: nothing that is under way may bring him back
    this.forget();
    await ending.catch((error: unknown) => this.#listener.failed(toFailure(error, Date.now())));
  }

  /** Forgets here, in every tab, a visitor of whom the worker knows nothing any more. */
  forget(): void {
    this.api.forgetSession();
    this.#forget();
    this.#tabs?.tell({ type: "signed-out" });
  }

  /** Lets what is shown go, since the visitor is another one now; what is on its way to the worker goes on. */
  switchVisitor(): void {
    this.#tabState.goTo({ isStored: false });
    this.dispatch({ type: "left" });
    this.#listener.listed();
  }

  #forget(): void {
    this.#turns.drop();
    clearTimeout(this.#later);
    this.#isStale = false;
    this.#tabState.clear(); // before, so that nothing is read for him, and after, since the change is kept
    this.dispatch({ type: "restarted", conversation: createUuid() });
    this.#tabState.clear();
    this.#listener.listed();
  }

  #hear(message: TabMessage): void {
    if (message.type === "signed-out") {
      this.api.forgetSession();
      this.#forget();
      return;
    }
    this.#listener.listed();
    const isEmpty = this.#tabState.isDefaultConversation && this.#state.messages.length === 0;
    if (message.conversation === this.#state.conversation) {
      this.#tabState.isStored = true;
      void this.catchUp();
    } else if (isEmpty && this.#isStarted) {
      void this.open(message.conversation);
    }
  }

  /** Goes on where the visitor was: on the page before, or in another tab. */
  async #restore(): Promise<void> {
    const saved = this.#tabState.read();
    if ((saved ?? this.#tabState).isStored && !this.api.hasSession) return this.#forget(); // signed out, and nobody told this page
    if (saved) {
      this.#show(saved);
      await this.catchUp();
      await this.#deliver();
    } else if (this.api.hasSession) {
      const recent = await findRecentConversation(this.api);
      if (recent !== undefined && this.#state.messages.length === 0) await this.open(recent);
    }
  }

  /** Sends what had not been delivered when the visitor left the page before. */
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

  /** Reads the conversation, once for all who wait; whether a turn runs in it. */
  #read(): Promise<boolean> {
    this.#loading ??= this.#load(this.#state.conversation).finally(() => {
      this.#loading = undefined;
    });
    return this.#loading;
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
      if (isGone && changes !== this.#changes) return this.#readAgain(conversation); // it has begun since
      if (isGone) this.#leave();
      else this.dispatch({ type: "history-failed", failure: toFailure(error, Date.now()) });
      return false;
    }
  }

  /** What was read is old already: a turn that has begun since is followed, and read at its end. */
  #readAgain(conversation: string): Promise<boolean> {
    this.#isStale = this.#state.turn.phase !== "idle";
    return this.#isStale ? Promise.resolve(true) : this.#load(conversation);
  }

  /** The conversation was deleted, or is another visitor's: what has not been delivered goes into a new one. */
  #leave(): void {
    const { draft } = this.#state;
    this.#show({ conversation: createUuid(), draft, undelivered: undelivered(this.#state), isStored: false });
  }

  #began(): void {
    this.#tabState.isStored = true;
    this.#tabState.isDefaultConversation = false;
    this.#saveTabState();
    this.notifyTabs(this.#state.conversation);
    this.#listener.listed();
  }

  #saveTabState(): void {
    // where the chat is not in the page, or has not looked yet what was kept, there is nothing to keep
    if (this.#attached && this.#isStarted) this.#tabState.save(this.#state);
  }

  #failProfile(failure: Failure): void {
    this.dispatch({ type: "profile-failed", failure });
    this.#listener.failed(failure);
  }

  async #post(id: string): Promise<Outcome> {
    const { conversation } = this.#state;
    const question = findQuestion(this.#state, id);
    const userPrompt = question?.content ?? "";
    const replaces = question?.replaced?.[0]?.id;
    const request = { conversation, id, userPrompt, replaces };
    const outcome = await this.#turns.run(id, (signal) => this.api.message(request, signal));
    if ("failure" in outcome) this.#retryLater(id, outcome.failure);
    return outcome;
  }

  #retryLater(id: string, { isAutomatic, retryAt = 0 }: Failure): void {
    clearTimeout(this.#later);
    if (isAutomatic) this.#later = setTimeout(() => void this.retry(id), retryAt - Date.now());
  }

  /** Goes on after the last event where only the connection broke; else, or where nothing is left to follow, anew. */
  async #answerAgain(answer: AnswerState): Promise<void> {
    if (answer.failure?.code === "interrupted") return this.#resume(answer);
    await this.regenerate(answer.replyTo);
  }

  async #resume({ id, replyTo }: AnswerState): Promise<void> {
    this.dispatch({ type: "followed", answer: id });
    await this.#turns.run(replyTo);
  }
}
