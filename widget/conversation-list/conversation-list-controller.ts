import { render } from "lit/html.js";
import { routes } from "../../protocol/index.ts";
import type { ConversationSummary } from "../../protocol/index.ts";
import { toFailure } from "../conversation/failure.ts";
import type { ConversationController } from "../conversation/controller.ts";
import type { Failure } from "../conversation/state.ts";
import { loadOnDemand } from "../conversation/load-on-demand.ts";
import { fetchList } from "./fetch-list.ts";
import type * as Download from "../download/download-conversation.ts";
import type { FileFormat } from "../download/download-conversation.ts";
import { list as english } from "../strings/en.ts";
import type { Strings } from "../strings/languages.ts";
import type { ListStrings } from "../strings/strings.ts";
import type { ViewContext } from "../view/context.ts";
import { conversationListView } from "./conversation-list-view.ts";
import { conversationListStyles } from "./conversation-list-styles.ts";

/** What the list needs from the element. */
export interface ConversationListHost {
  readonly root: ShadowRoot;
  /** The element that the list is rendered into. */
  readonly container: HTMLElement;
  controller(): ConversationController;
  context(): ViewContext;
  close(): void;
  say(text: string): void;
}

/** What the visitor is doing with a conversation, or with all of them. */
export type ListTask =
  | { type: "none" }
  | { type: "rename"; id: string }
  | { type: "delete"; id: string }
  | { type: "delete-all" };

/** What the list shows. */
export interface ConversationListState {
  conversations: readonly ConversationSummary[];
  next?: string;
  isLoading: boolean;
  failure?: Failure;
  task: ListTask;
}

/** Keeps the state of the conversation list and sends its requests. This code loads when the list is first opened. */
export class ConversationListController {
  readonly #host: ConversationListHost;
  #state: ConversationListState = { conversations: [], isLoading: true, task: { type: "none" } };
  #isShown = false;
  /** The strings and the container that the list was last drawn with. */
  #drawn: { strings?: Strings; container?: HTMLElement } = {};
  /** Counts the requests for the newest conversations. */
  #loads = 0;
  /** Counts visitors, so that the failure of an earlier visitor's request is not shown to the current one. */
  #visitors = 0;

  constructor(host: ConversationListHost) {
    this.#host = host;
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(conversationListStyles);
    host.root.adoptedStyleSheets.push(sheet);
  }

  get state(): ConversationListState {
    return this.#state;
  }

  /** Shows the list. */
  show(): void {
    this.#isShown = true;
    this.#set({ task: { type: "none" } });
    void this.load();
    this.#focus(".list-back");
  }

  hide(): void {
    this.#isShown = false;
  }

  /** Redraws the list if the chat's strings or the list's container have changed. */
  update(): void {
    const { strings } = this.#host.context();
    if (strings !== this.#drawn.strings || this.#host.container !== this.#drawn.container) this.#set({});
  }

  /** Called when a conversation has changed, in this tab or another one. */
  changed(): void {
    if (this.#isShown) void this.load();
  }

  /** Forgets an earlier visitor's conversations. */
  clear(): void {
    this.#visitors += 1;
    this.#set({ conversations: [], next: undefined, isLoading: false, failure: undefined, task: { type: "none" } });
    this.draw(); // also while the list is hidden
    if (this.#api.hasSession) this.changed();
  }

  /** Fetches the newest conversations. If an earlier call is still waiting, its response is ignored. */
  async load(): Promise<void> {
    const load = ++this.#loads;
    this.#set({ isLoading: true });
    await this.#try(async () => {
      const { conversations, next } = await fetchList(this.#api);
      if (load === this.#loads) this.#set({ conversations, next });
    });
    if (load === this.#loads) this.#set({ isLoading: false });
  }

  /** Called after a change. A response that is still pending may lack the change, so the list is requested again. */
  #loadAgain(): void {
    if (this.#state.isLoading) void this.load();
  }

  /** Fetches the next page. */
  async loadMore(): Promise<void> {
    await this.#try(async () => {
      const { conversations, next } = await fetchList(this.#api, this.#state.next);
      const known = new Set(this.#state.conversations.map(({ id }) => id));
      const more = conversations.filter(({ id }) => !known.has(id));
      this.#set({ conversations: [...this.#state.conversations, ...more], next });
    });
  }

  open(id: string): void {
    this.#host.close();
    void this.#host.controller().open(id);
  }

  /** Starts or cancels a task that needs a confirmation or a name. */
  begin(task: ListTask): void {
    const before = this.#state.task;
    this.#set({ task });
    if (task.type !== "none") return this.#focus(".task input, .task .keep");
    if (before.type === "rename" || before.type === "delete") this.#focus(`[data-entry="${before.id}"] .entry-open`);
    else this.#focus(".delete-all");
  }

  async rename(id: string, title: string): Promise<void> {
    if (title.trim() === "") return;
    const { task } = this.#state;
    await this.#try(async () => {
      await this.#api.send(routes.conversation(id), { method: "PATCH", body: JSON.stringify({ title }) });
      const conversations = this.#state.conversations.map((each) => (each.id === id ? { ...each, title } : each));
      this.#set({ conversations });
      this.#loadAgain();
      const controller = this.#host.controller();
      if (controller.state.conversation === id) controller.dispatch({ type: "renamed", title });
      controller.notifyTabs(id);
      if (this.#state.task === task) this.begin({ type: "none" }); // another task may have been started since
    });
  }

  async delete(id: string): Promise<void> {
    const { task } = this.#state;
    await this.#try(async () => {
      await this.#api.send(routes.conversation(id), { method: "DELETE" });
      const conversations = this.#state.conversations.filter((each) => each.id !== id);
      const isOver = this.#state.task === task; // another task may have been started since
      this.#set({ conversations, ...(isOver && { task: { type: "none" } }) });
      this.#loadAgain();
      const controller = this.#host.controller();
      if (controller.state.conversation === id) controller.restart();
      controller.notifyTabs(id);
      this.#host.say(this.#strings.deleted);
      if (isOver) this.#focus(".list-back");
    });
  }

  /** Downloads everything that is stored about the visitor. */
  async download(): Promise<void> {
    await this.#try(async () => {
      const [response, { saveFile }] = await Promise.all([this.#api.send(routes.visitorExport), this.#loadDownload()]);
      saveFile(await response.blob(), `chat-${new Date().toISOString().slice(0, 10)}.json`);
      this.#host.say(this.#strings.downloadStarted);
    });
  }

  /** Downloads the open conversation. */
  async downloadConversation(format: FileFormat): Promise<void> {
    await this.#try(async () => {
      const { downloadConversation } = await this.#loadDownload();
      await downloadConversation(format, this.#host.controller(), this.#host.context());
      this.#host.say(this.#strings.downloadStarted);
    });
  }

  #loadDownload(): Promise<typeof Download> {
    return loadOnDemand(this.#api, () => import("../download/download-conversation.ts"));
  }

  /** Deletes everything that is stored about the visitor, in the worker and in every tab. */
  async deleteAll(): Promise<void> {
    await this.#try(async () => {
      await this.#api.send(routes.visitor, { method: "DELETE" });
      this.#host.controller().forget();
      this.#host.say(this.#strings.deletedAll);
      this.#host.close();
    });
  }

  draw(): void {
    const { container } = this.#host;
    this.#drawn = { strings: this.#host.context().strings, container };
    render(conversationListView(this, this.#host, this.#strings), container);
  }

  get #strings(): ListStrings {
    return this.#host.context().strings.part("list", english);
  }

  get #api() {
    return this.#host.controller().api;
  }

  async #try(work: () => Promise<void>): Promise<void> {
    this.#set({ failure: undefined });
    const visitors = this.#visitors;
    try {
      await work();
    } catch (error) {
      if (visitors === this.#visitors) this.#set({ failure: toFailure(error, Date.now()) });
    }
  }

  #set(change: Partial<ConversationListState>): void {
    this.#state = { ...this.#state, ...change };
    if (this.#isShown) this.draw();
  }

  /** Moves the focus. The text of a field is selected, so that typing replaces it. */
  #focus(selector: string): void {
    const element = this.#host.container.querySelector<HTMLElement>(selector);
    element?.focus();
    if (element instanceof HTMLInputElement) element.select();
  }
}
