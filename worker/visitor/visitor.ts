import { DurableObject } from "cloudflare:workers";
import { ChatError, type Conversation, type ConversationList, type Feedback } from "../../protocol/index.ts";
import type { Project } from "../assistants/project.ts";
import type { LedgerObject } from "../ledger/ledger.ts";
import type { SentConversation } from "../handover/handover.ts";
import { inJurisdiction } from "../jurisdiction.ts";
import type { Env } from "../env.ts";
import { readSettings, type Settings } from "../settings.ts";
import { OpenStreams } from "../turn/open-streams.ts";
import { writeExport } from "./export.ts";
import { cleanUp, enterGeneration, forget, nextDue, revoke, voidTokens } from "./housekeeping.ts";
import { readRows, writeRows } from "./moved-rows.ts";
import {
  reply,
  type Bytes,
  type HandoverPress,
  type Question,
  type Regeneration,
  type Reply,
  type VisitorMethods,
} from "./visitor-rpc.ts";
import { listConversations, readConversation } from "./pages.ts";
import { recoverTurns } from "./recover.ts";
import type { ConversationRecord } from "./records.ts";
import { readSentConversation } from "./sent-conversation.ts";
import { VisitorStore } from "./store.ts";
import { streamText } from "./stream-text.ts";
import { TurnRegistry } from "./turn-registry.ts";
import { VisitorGaps } from "./visitor-gaps.ts";
import { VisitorHandovers } from "./visitor-handovers.ts";

/**
 * After a row is handed over to another object, no turn may begin for this long, in milliseconds. A turn that began in
 * the meantime would be removed together with the rows. The time is limited, because the Worker that copies the rows
 * may end without reporting it.
 */
const handOverMs = 10_000;

/**
 * One visitor: their conversations, and the turns that are running in them. A turn belongs to this object, not to the
 * request that began it, so it continues while tabs come and go.
 *
 * An operator's entry extends it: `export class Visitor extends VisitorObject { project = project }`.
 */
export abstract class VisitorObject extends DurableObject<Env> implements VisitorMethods {
  /** What `defineProject` returned. */
  abstract readonly project: Project;
  readonly #store: VisitorStore;
  readonly #streams = new OpenStreams();
  /** No turn begins before this time, in milliseconds since the epoch. */
  #isHandedOverUntil = 0;
  #registry: TurnRegistry | undefined;
  #madeGaps: VisitorGaps | undefined;
  #madeHandovers: VisitorHandovers | undefined;
  /**
   * When the alarm fires, in milliseconds since the epoch: Infinity if there is none, undefined if that is unknown, as
   * when the object has just woken.
   */
  #alarmAt: number | undefined;

  constructor(context: DurableObjectState, env: Env) {
    super(context, env);
    this.#store = new VisitorStore(context.storage);
    if (this.#store.isNew) this.#alarmAt = Infinity;
    recoverTurns(this.#store, Date.now());
  }

  /**
   * Runs when the object's alarm fires. The alarm also wakes an object that was ended in the middle of a turn. By
   * the time this method runs, the constructor has ended that turn.
   */
  override async alarm(): Promise<void> {
    this.#alarmAt = undefined;
    this.#gaps.oweRemoval();
    cleanUp(this.#store, this.#settings, Date.now());
    await this.#gaps.removeOld();
    if (this.#store.isEmpty()) await this.#store.destroy();
    else await this.#schedule();
  }

  signIn(signedAt: number): Promise<Reply<number>> {
    return reply(() => enterGeneration(this.#store, signedAt, Date.now()));
  }

  check(generation: number): Promise<Reply<null>> {
    return this.#guard(generation, () => null);
  }

  ask(generation: number, question: Question): Promise<Reply<Bytes>> {
    return this.#guardStream(generation, () => this.#turnsUnlessMoving.ask(question));
  }

  regenerate(generation: number, request: Regeneration): Promise<Reply<Bytes>> {
    return this.#guardStream(generation, () => this.#turnsUnlessMoving.regenerate(request));
  }

  follow(generation: number, conversation: string, after: string | undefined): Promise<Reply<Bytes | null>> {
    return this.#guardStream(generation, () => this.#turns.follow(conversation, after));
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
      const { id } = this.#known(conversation);
      this.#oweRemoval();
      this.#store.deleteConversation(id, Date.now());
      await this.#gaps.removeOld();
      return null;
    });
  }

  rate(generation: number, conversation: string, answer: string, feedback: Feedback | null): Promise<Reply<null>> {
    return this.#guard(generation, () => {
      const { id, assistant } = this.#known(conversation);
      const rated = this.#store.answer(answer);
      if (rated?.conversation !== id) throw new ChatError("not_found");
      if (rated.feedback?.rating === "down") this.#oweRemoval();
      this.#store.rate(answer, feedback);
      if (feedback?.rating === "down") this.#gaps.keep(assistant, { message: rated.message, reason: "rated_down" });
      this.ctx.waitUntil(this.#gaps.removeOld());
      return null;
    });
  }

  handOver(generation: number, press: HandoverPress): Promise<Reply<null>> {
    return this.#guard(generation, async () => {
      await this.#handovers.deliver(press, () => this.#sentConversation(press.conversation));
      await this.#schedule();
      return null;
    });
  }

  export(generation: number): Promise<Reply<Bytes>> {
    return this.#guard(generation, async () => {
      const running = (conversation: string) => this.#turns.running(conversation)?.snapshot().content;
      const unanswered = await this.#gaps.list();
      this.#check(generation); // everything may have been deleted meanwhile
      return streamText(writeExport(this.#store, { running, unanswered, exportedAt: Date.now() }), this.#streams);
    });
  }

  forget(generation: number): Promise<Reply<null>> {
    return this.#guard(generation, async () => {
      await this.#turns.settle();
      this.#isHandedOverUntil = 0;
      this.#madeHandovers?.stop();
      this.#gaps.oweRemoval();
      this.#alarmAt = undefined; // the alarm is removed with everything else
      await forget(this.#store, Date.now());
      this.#streams.endAll();
      await this.#schedule();
      await this.#gaps.removeOld();
      return null;
    });
  }

  signOut(generation: number): Promise<Reply<null>> {
    return this.#guard(generation, async () => {
      voidTokens(this.#store, Date.now());
      this.#streams.endAll();
      await this.#schedule();
      return null;
    });
  }

  async revoke(): Promise<void> {
    revoke(this.#store, Date.now());
    this.#streams.endAll();
    await this.#schedule();
  }

  exportRows(generation: number): Promise<Reply<Bytes>> {
    return this.#guard(generation, async () => {
      this.#isHandedOverUntil = Date.now() + handOverMs;
      await this.#turns.settle();
      await this.#gaps.settled();
      const rows = writeRows((table, row) => {
        this.#isHandedOverUntil = Date.now() + handOverMs;
        return this.#store.rowAfter(table, row);
      });
      return streamText(rows);
    });
  }

  importRows(generation: number, rows: Bytes): Promise<Reply<null>> {
    return this.#guard(generation, async () => {
      try {
        await readRows(rows, (some) => this.#store.addRows(some));
      } finally {
        this.#store.settleRows();
        await this.#schedule();
      }
      await this.#gaps.takeOver();
      return null;
    });
  }

  get #settings(): Settings {
    return readSettings(this.env);
  }

  /** Created when it is first needed: the project belongs to the subclass and is not set yet in the constructor. */
  get #turns(): TurnRegistry {
    this.#registry ??= new TurnRegistry({
      project: this.project,
      settings: this.#settings,
      ledgerOf: (assistant) => this.#ledgerOf(assistant),
      store: this.#store,
      streams: this.#streams,
      gaps: this.#gaps,
      env: { ...this.env },
      visitor: `visitor ${this.ctx.id.toString()}`,
      keepAlive: (work) => this.ctx.waitUntil(work),
      wakeBy: (time) => this.#wakeBy(time),
    });
    return this.#registry;
  }

  /** Created when it is first needed, like the turn registry. */
  get #gaps(): VisitorGaps {
    this.#madeGaps ??= new VisitorGaps({
      store: this.#store,
      env: { ...this.env },
      settings: this.#settings,
      visitor: this.ctx.id.toString(),
      isKeeping: (assistant) => this.project.assistants.get(assistant)?.context.keepUnanswered ?? false,
      keepAlive: (work) => this.ctx.waitUntil(work),
    });
    return this.#madeGaps;
  }

  /** Created when it is first needed, like the turn registry. */
  get #handovers(): VisitorHandovers {
    this.#madeHandovers ??= new VisitorHandovers({
      settings: this.#settings,
      marks: this.#store.handovers,
      visitor: this.ctx.id.toString(),
      assistantOf: (assistant) => this.project.assistants.get(assistant),
      ledgerOf: (assistant) => this.#ledgerOf(assistant),
      keepAlive: (work) => this.ctx.waitUntil(work),
    });
    return this.#madeHandovers;
  }

  #sentConversation(conversation: string | undefined): SentConversation | undefined {
    if (conversation === undefined) return undefined;
    const { id } = this.#known(conversation);
    return readSentConversation(this.#store, id, this.#turns.running(id)?.snapshot().content);
  }

  /**
   * Records that questions may have to be removed from D1, and sets the alarm that starts the removal again if it fails
   * or is interrupted.
   */
  #oweRemoval(): void {
    this.#gaps.oweRemoval();
    const { dueAt } = this.#store.gapDebt;
    if (dueAt !== undefined) this.#wakeBy(dueAt);
  }

  /**
   * The turn registry, for methods that begin a turn.
   * @throws ChatError `rate_limited` while conversations are handed over
   */
  get #turnsUnlessMoving(): TurnRegistry {
    if (Date.now() >= this.#isHandedOverUntil) return this.#turns;
    throw new ChatError("rate_limited", { retryAfterMs: 1000 });
  }

  #ledgerOf(assistant: string): DurableObjectStub<LedgerObject> {
    const ledgers = inJurisdiction(this.env.LEDGER, this.#settings.jurisdiction);
    return ledgers.get(ledgers.idFromName(assistant));
  }

  #guard<T>(generation: number, method: () => T | Promise<T>): Promise<Reply<T>> {
    return reply(() => {
      this.#check(generation);
      this.#registry?.writeBeginnings();
      return method();
    });
  }

  /**
   * Like `#guard`, for a stream that may begin later. It checks the token again when the stream begins, because the
   * token can become invalid in the meantime.
   */
  #guardStream<T extends Bytes | null>(generation: number, open: () => Promise<T>): Promise<Reply<T>> {
    return this.#guard(generation, async () => {
      const stream = await open();
      try {
        this.#check(generation);
      } catch (error) {
        await stream?.cancel();
        throw error;
      }
      return stream;
    });
  }

  #check(generation: number): void {
    if (generation !== (this.#store.tokenGeneration()?.generation ?? 0)) throw new ChatError("unauthorized");
  }

  #known(conversation: string): ConversationRecord {
    const found = this.#store.conversation(conversation);
    if (found === undefined || found.isDeleted) throw new ChatError("not_found");
    return found;
  }

  /** Makes sure that the alarm fires by a time, in milliseconds since the epoch. */
  #wakeBy(time: number): void {
    if (this.#alarmAt === undefined) this.ctx.waitUntil(this.#schedule(time));
    else if (this.#alarmAt > time) this.ctx.waitUntil(this.#setAlarm(time));
  }

  /**
   * Sets the alarm for what is due next, unless it fires earlier anyway.
   * @param time the alarm must fire by this time, whatever is stored
   */
  async #schedule(time = Infinity): Promise<void> {
    const due = Math.min(nextDue(this.#store, this.#settings, Date.now()) ?? Infinity, time);
    if (due < (this.#alarmAt ?? Infinity)) await this.#setAlarm(due);
  }

  #setAlarm(time: number): Promise<void> {
    this.#alarmAt = time;
    return this.ctx.storage.setAlarm(time);
  }
}
