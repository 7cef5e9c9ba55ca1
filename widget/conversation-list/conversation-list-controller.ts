import { render } from "lit";
import { routes } from "../../protocol/index.ts";
import type { ConversationSummary } from "../../protocol/index.ts";
import { toFailure } from "../conversation/failure.ts";
import type { ConversationController } from "../conversation/controller.ts";
import type { Failure } from "../conversation/state.ts";
import { listStored } from "../conversation/stored.ts";
import type { ViewContext } from "../view/context.ts";
import { libraryView } from "./library-view.ts";
import { english } from "./strings.ts";
import { libraryStyles } from "./styles.ts";

/** What the list asks of the element. */
export interface LibraryHost {
  readonly root: ShadowRoot;
  /** Where the list is drawn. */
  readonly place: HTMLElement;
  controller(): ConversationController;
  context(): ViewContext;
  close(): void;
  say(words: string): void;
}

/** What is being done to a conversation, or to all of them. */
export type LibraryTask =
  | { type: "none" }
  | { type: "rename"; id: string }
  | { type: "delete"; id: string }
  | { type: "delete-all" };

/** What the list shows. */
export interface LibraryState {
  conversations: readonly ConversationSummary[];
  next?: string;
  isLoading: boolean;
  failure?: Failure;
  task: LibraryTask;
}

/** The visitor's conversations, and his data: loaded when somebody wants to see them. */
export class Library {
  readonly #host: LibraryHost;
  #state: LibraryState = { conversations: [], isLoading: true, task: { type: "none" } };
  #isShown = false;

  constructor(host: LibraryHost) {
    this.#host = host;
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(libraryStyles);
    host.root.adoptedStyleSheets.push(sheet);
  }

  get state(): LibraryState {
    return this.#state;
  }

  /** Shows the list. */
  show(): void {
    this.#isShown = true;
    this.#set({ task: { type: "none" } });
    void this.load();
    this.#focus(".library-back");
  }

  hide(): void {
    this.#isShown = false;
  }

  /** Something in it has changed, here or in another tab. */
  changed(): void {
    if (this.#isShown) void this.load();
  }

  /** Fetches the newest conversations. */
  async load(): Promise<void> {
    this.#set({ isLoading: true });
    await this.#try(async () => {
      const { conversations, next } = await listStored(this.#api);
      this.#set({ conversations, next });
    });
    this.#set({ isLoading: false });
  }

  /** Fetches the next page. */
  async loadMore(): Promise<void> {
    await this.#try(async () => {
      const { conversations, next } = await listStored(this.#api, this.#state.next);
      const known = new Set(this.#state.conversations.map(({ id }) => id));
      const more = conversations.filter(({ id }) => !known.has(id));
      this.#set({ conversations: [...this.#state.conversations, ...more], next });
    });
  }

  open(id: string): void {
    this.#host.close();
    void this.#host.controller().open(id);
  }

  /** Begins or ends something that has to be confirmed or written. */
  begin(task: LibraryTask): void {
    const before = this.#state.task;
    this.#set({ task });
    if (task.type !== "none") return this.#focus(".task input, .task .keep");
    if (before.type === "rename" || before.type === "delete") this.#focus(`[data-entry="${before.id}"] .entry-open`);
    else this.#focus(".delete-all");
  }

  async rename(id: string, title: string): Promise<void> {
    if (title.trim() === "") return;
    await this.#try(async () => {
      await this.#api.send(routes.conversation(id), { method: "PATCH", body: JSON.stringify({ title }) });
      const conversations = this.#state.conversations.map((each) => (each.id === id ? { ...each, title } : each));
      this.#set({ conversations });
      const controller = this.#host.controller();
      if (controller.state.conversation === id) controller.dispatch({ type: "renamed", title });
      controller.tellOfChange(id);
      this.begin({ type: "none" });
    });
  }

  async delete(id: string): Promise<void> {
    await this.#try(async () => {
      await this.#api.send(routes.conversation(id), { method: "DELETE" });
      const conversations = this.#state.conversations.filter((each) => each.id !== id);
      this.#set({ conversations, task: { type: "none" } });
      const controller = this.#host.controller();
      if (controller.state.conversation === id) controller.restart();
      controller.tellOfChange(id);
      this.#host.say(english.deleted);
      this.#focus(".library-back");
    });
  }

  /** Gives the visitor all that is stored of him, as a file. */
  async download(): Promise<void> {
    await this.#try(async () => {
      const response = await this.#api.send(routes.visitorExport);
      const address = URL.createObjectURL(await response.blob());
      const link = document.createElement("a");
      link.href = address;
      link.download = `chat-${new Date().toISOString().slice(0, 10)}.json`;
      link.click();
      URL.revokeObjectURL(address);
    });
  }

  /** Deletes all that is stored of the visitor, in the worker and in every tab. */
  async deleteAll(): Promise<void> {
    await this.#try(async () => {
      await this.#api.send(routes.visitor, { method: "DELETE" });
      this.#host.controller().forget();
      this.#set({ conversations: [], next: undefined, task: { type: "none" } });
      this.#host.say(english.deleted);
      this.#focus(".library-back");
    });
  }

  /** Draws it. */
  draw(): void {
    render(libraryView(this, this.#host, english), this.#host.place);
  }

  get #api() {
    return this.#host.controller().api;
  }

  async #try(work: () => Promise<void>): Promise<void> {
    this.#set({ failure: undefined });
    try {
      await work();
    } catch (error) {
      this.#set({ failure: toFailure(error, Date.now()) });
    }
  }

  #set(change: Partial<LibraryState>): void {
    this.#state = { ...this.#state, ...change };
    if (this.#isShown) this.draw();
  }

  #focus(selector: string): void {
    this.#host.place.querySelector<HTMLElement>(selector)?.focus();
  }
}
