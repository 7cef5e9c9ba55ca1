import { DurableObject } from "cloudflare:workers";
import { ChatError, type Conversation, type ConversationList, type Feedback } from "../../protocol/index.ts";
import type { Project } from "../assistants/project.ts";
import type { LedgerObject } from "../ledger/ledger.ts";
import { placed } from "../placed.ts";
import { readSettings, type Env, type Settings } from "../env.ts";
import { exportVisitor, type VisitorExport } from "./export.ts";
import { cleanUp, enterGeneration, nextCleanUp, voidTokens } from "./housekeeping.ts";
import { reply, type Bytes, type Question, type Regeneration, type Reply, type VisitorMethods } from "./methods.ts";
import { listConversations, readConversation } from "./pages.ts";
import { recoverTurns } from "./recover.ts";
import { VisitorStore, type ConversationRecord, type StoredRows } from "./store.ts";
import { Turns } from "./turns.ts";

/**
 * One visitor: his conversations, and the turns that are running in them. A turn belongs to this object, not to the
 * request that began it, so it goes on while tabs come and go.
 *
 * An operator's entry extends it: `export class Visitor extends VisitorObject { project = project }`.
 */
export abstract class VisitorObject extends DurableObject<Env> implements VisitorMethods {
  /** What `defineProject` returned. */
  abstract readonly project: Project;
  readonly #store: VisitorStore;
  #opened: Turns | undefined;
  /** When the alarm rings, in milliseconds since the epoch; undefined where that is not known yet. */
  #alarmAt: number | null | undefined;

  constructor(context: DurableObjectState, env: Env) {
    super(context, env);
    this.#store = new VisitorStore(context.storage);
    recoverTurns(this.#store, Date.now());
  }

  /**
   * The object's one alarm. It also wakes an object that was ended in mid-turn: the constructor has then ended that turn.
   */
  override async alarm(): Promise<void> {
    const { retentionMs } = this.#settings;
    this.#alarmAt = null;
    cleanUp(this.#store, retentionMs, Date.now());
    const next = nextCleanUp(this.#store, retentionMs);
    if (next !== undefined) await this.#wakeBy(next);
  }

  enter(): Promise<number> {
    return Promise.resolve(enterGeneration(this.#store, Date.now()));
  }

  check(generation: number): Promise<Reply<null>> {
    return this.#guard(generation, () => null);
  }

  ask(generation: number, question: Question): Promise<Reply<Bytes>> {
    return this.#guard(generation, () => this.#turns.ask(question));
  }

  regenerate(generation: number, wish: Regeneration): Promise<Reply<Bytes>> {
    return this.#guard(generation, () => this.#turns.regenerate(wish));
  }

  follow(generation: number, conversation: string, after: string | undefined): Promise<Reply<Bytes | null>> {
    return this.#guard(generation, () => this.#turns.follow(conversation, after));
  }

  stop(generation: number, conversation: string, message: string): Promise<Reply<boolean>> {
    return this.#guard(generation, () => this.#turns.stop(conversation, message));
  }

  list(generation: number, cursor: string | undefined): Promise<Reply<ConversationList>> {
    return this.#guard(generation, () => listConversations(this.#store, cursor));
  }

  read(generation: number, conversation: string, before: string | undefined): Promise<Reply<Conversation>> {
    return this.#guard(generation, () => {
      const known = this.#known(conversation);
      return readConversation(this.#store, known, before, this.#turns.running(conversation));
    });
  }

  rename(generation: number, conversation: string, title: string): Promise<Reply<null>> {
    return this.#guard(generation, () => {
      this.#store.rename(this.#known(conversation).id, title);
      return null;
    });
  }

  remove(generation: number, conversation: string): Promise<Reply<null>> {
    return this.#guard(generation, async () => {
      await this.#turns.settle(conversation);
      this.#store.deleteConversation(this.#known(conversation).id, Date.now());
      return null;
    });
  }

  rate(generation: number, conversation: string, answer: string, feedback: Feedback | null): Promise<Reply<null>> {
    return this.#guard(generation, () => {
      if (this.#store.answer(answer)?.conversation !== this.#known(conversation).id) throw new ChatError("not_found");
      this.#store.rate(answer, feedback);
      return null;
    });
  }

  export(generation: number): Promise<Reply<VisitorExport>> {
    return this.#guard(generation, () => exportVisitor(this.#store, Date.now()));
  }

  forget(generation: number): Promise<Reply<null>> {
    return this.#guard(generation, async () => {
      await this.#turns.settle();
      this.#store.clear();
      return this.#voidTokens();
    });
  }

  signOut(generation: number): Promise<Reply<null>> {
    return this.#guard(generation, () => this.#voidTokens());
  }

  handOver(generation: number): Promise<Reply<StoredRows>> {
    return this.#guard(generation, async () => {
      await this.#turns.settle();
      return this.#store.allRows();
    });
  }

  takeIn(generation: number, rows: StoredRows): Promise<Reply<null>> {
    return this.#guard(generation, async () => {
      this.#store.addRows(rows);
      const next = nextCleanUp(this.#store, this.#settings.retentionMs);
      if (next !== undefined) await this.#wakeBy(next);
      return null;
    });
  }

  get #settings(): Settings {
    return readSettings(this.env);
  }

  /** Made when first needed: the project is the subclass's, and not there yet in the constructor. */
  get #turns(): Turns {
    this.#opened ??= new Turns({
      project: this.project,
      settings: this.#settings,
      ledgerOf: (assistant) => this.#ledgerOf(assistant),
      store: this.#store,
      visitor: `visitor ${this.ctx.id.toString()}`,
      keepAlive: (work) => this.ctx.waitUntil(work),
      wakeBy: (time) => this.ctx.waitUntil(this.#wakeBy(time)),
    });
    return this.#opened;
  }

  #ledgerOf(assistant: string): DurableObjectStub<LedgerObject> {
    const ledgers = placed(this.env.LEDGER, this.#settings.jurisdiction);
    return ledgers.get(ledgers.idFromName(assistant));
  }

  #guard<T>(generation: number, method: () => T | Promise<T>): Promise<Reply<T>> {
    return reply(() => {
      if (generation !== (this.#store.mark()?.generation ?? 0)) throw new ChatError("unauthorized");
      return method();
    });
  }

  #known(conversation: string): ConversationRecord {
    const found = this.#store.conversation(conversation);
    if (found === undefined || found.isDeleted) throw new ChatError("not_found");
    return found;
  }

  async #voidTokens(): Promise<null> {
    voidTokens(this.#store, Date.now());
    const next = nextCleanUp(this.#store, this.#settings.retentionMs);
    if (next !== undefined) await this.#wakeBy(next);
    return null;
  }

  /** Sets the alarm, unless it rings before that time anyway. */
  async #wakeBy(time: number): Promise<void> {
    this.#alarmAt ??= await this.ctx.storage.getAlarm();
    if (this.#alarmAt !== null && this.#alarmAt <= time) return;
    this.#alarmAt = time;
    await this.ctx.storage.setAlarm(time);
  }
}
