import { ChatError } from "../../protocol/index.ts";
import { isMissingTable } from "../context/full-text/database-errors.ts";
import { isDatabase } from "../context/full-text/sql.ts";
import { untilAborted } from "../context/until-aborted.ts";
import { gapsBinding, type Gap, type KeptQuestion } from "../gaps/gap.ts";
import { GapStore } from "../gaps/gap-store.ts";
import { visitorHash } from "../gaps/visitor-hash.ts";
import { describeBug, log, type LogFields } from "../log.ts";
import { textOf } from "../prompt/parts.ts";
import type { VisitorStore } from "./store.ts";

/** What keeping unanswered questions needs from the visitor's object. */
export interface GapHost {
  store: VisitorStore;
  /** The worker's bindings. */
  env: Readonly<Record<string, unknown>>;
  settings: { sessionSecret: string; previousSessionSecret?: string; retentionMs: number };
  /** The object's id. */
  visitor: string;
  /** Whether an assistant keeps unanswered questions. */
  isKeeping(assistant: string): boolean;
  /** Keeps the object alive until something has ended. */
  keepAlive(work: Promise<void>): void;
}

/** How long one request to the database may take, in milliseconds: a visitor who deletes something waits for it. */
const timeLimitMs = 5000;

/** How long after a failed removal the next one is tried, in milliseconds. */
const retryMs = 10 * 60_000;

/**
 * The visitor's questions that the operator reads as unanswered. They are outside of this object, in D1, and what is stored
 * here says which of them exist: an answer that is marked as unanswered or rated down. So everything that removes answers
 * here is followed by one removal there, of all questions without such an answer. It is owed until it has succeeded, also
 * after a crash.
 */
export class VisitorGaps {
  readonly #host: GapHost;
  /** The requests to the database run one after the other: what was written before a removal is removed by it. */
  #last: Promise<unknown> = Promise.resolve();
  #removals = 0;
  #opened: Promise<GapStore> | undefined;

  constructor(host: GapHost) {
    this.#host = host;
  }

  /** Keeps a question, if its assistant does so. Nothing waits for it, and a failure is only logged. */
  keep(assistant: string, { message, reason }: Gap): void {
    const { store, settings, keepAlive, isKeeping } = this.#host;
    const asked = isKeeping(assistant) ? store.message(message) : undefined;
    if (asked === undefined) return;
    const kept = { message, reason, question: textOf(asked.parts), askedAt: asked.createdAt };
    const writing = this.#inTurn((gaps) => gaps.keep(assistant, kept, Date.now() - settings.retentionMs));
    keepAlive(
      writing.catch((error: unknown) => log("error", "gap_not_kept", { assistant, ...describe(error, assistant) })),
    );
  }

  /**
   * To be called before answers are removed here, or a rating is taken back. `removeOld` follows, or the object's alarm
   * calls it.
   */
  oweRemoval(): void {
    const { store } = this.#host;
    if (store.gapDebt.dueAt === undefined && store.gaps().length === 0) return;
    this.#removals += 1;
    store.gapDebt.dueAt = Date.now() + retryMs;
  }

  /** Removes the questions that are not unanswered any longer, if that is owed. It never rejects. */
  async removeOld(): Promise<void> {
    const { store } = this.#host;
    if (store.gapDebt.dueAt === undefined) return;
    let owed = 0;
    try {
      await this.#inTurn((gaps) => {
        owed = this.#removals;
        return gaps.removeExcept(store.gaps());
      });
      if (owed === this.#removals) store.gapDebt.dueAt = undefined;
    } catch (error) {
      if (error instanceof MissingDatabase) store.gapDebt.dueAt = undefined;
      else log("error", "gaps_not_removed", describeBug(error));
    }
  }

  /** Takes over the questions that belong to conversations from before signing in. It never rejects. */
  async takeOver(): Promise<void> {
    const moved = this.#host.store.gaps();
    if (moved.length === 0) return;
    try {
      await this.#inTurn((gaps) => gaps.takeOver(moved));
    } catch (error) {
      // The anonymous visitor's deletion, which follows, removes them.
      if (!(error instanceof MissingDatabase)) log("error", "gaps_not_moved", describeBug(error));
    }
  }

  /** Resolves when everything that was to be kept so far is kept, or has failed. */
  async settled(): Promise<void> {
    await this.#last;
  }

  /**
   * What is kept of the visitor's questions.
   * @throws ChatError `internal` if the database cannot be read: an export must not be incomplete
   */
  async list(): Promise<KeptQuestion[]> {
    const { store } = this.#host;
    if (store.gapDebt.dueAt === undefined && store.gaps().length === 0) return [];
    try {
      return await this.#inTurn((gaps) => gaps.list());
    } catch (error) {
      if (error instanceof MissingDatabase) return [];
      throw new ChatError("internal", { cause: error });
    }
  }

  #inTurn<T>(work: (gaps: GapStore) => Promise<T>): Promise<T> {
    const result = this.#last.then(async () => {
      const gaps = await (this.#opened ??= this.#open());
      return untilAborted(work(gaps), AbortSignal.timeout(timeLimitMs));
    });
    this.#last = result.catch(() => undefined); // who asked for it handles the error
    return result;
  }

  async #open(): Promise<GapStore> {
    const { env, visitor, settings } = this.#host;
    const database = env[gapsBinding];
    if (!isDatabase(database)) throw new MissingDatabase();
    const { sessionSecret, previousSessionSecret } = settings;
    const hash = await visitorHash(visitor, sessionSecret);
    const earlier = previousSessionSecret === undefined ? [] : [await visitorHash(visitor, previousSessionSecret)];
    return new GapStore(database, [hash, ...earlier]);
  }
}

/** Without a database nothing was ever kept. */
class MissingDatabase extends Error {
  override readonly name = "MissingDatabase";
}

/** What the operator has to do. */
function describe(error: unknown, assistant: string): LogFields {
  if (error instanceof MissingDatabase) {
    const detail = `wrangler.toml has no D1 database with the binding ${gapsBinding}. Add one under [[d1_databases]].`;
    return { detail };
  }
  if (!isMissingTable(error)) return describeBug(error);
  return { detail: `The database has no table for unanswered questions yet. Run: npm run gaps -- ${assistant}` };
}
