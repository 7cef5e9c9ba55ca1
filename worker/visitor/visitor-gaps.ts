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
 * The visitor's questions that the operator reads as unanswered. Copies of these questions are stored in D1. The
 * answers in this object decide which copies are kept: a copy is kept while an answer to its question is marked as
 * unanswered or rated down. So whenever answers are removed from this object, all copies without such an answer are
 * then removed from D1. The object records that this removal is due until it has succeeded, so a crash does not prevent
 * it.
 */
export class VisitorGaps {
  readonly #host: GapHost;
  /**
   * The requests to the database run one after the other, so that a removal also removes what was written before it.
   */
  #last: Promise<unknown> = Promise.resolve();
  #removals = 0;
  #opened: Promise<GapStore> | undefined;

  constructor(host: GapHost) {
    this.#host = host;
  }

  /**
   * Keeps a question, if its assistant keeps unanswered questions. Nothing waits for the write, and a failure is only
   * logged.
   */
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
   * Records that questions may have to be removed from D1. Call this before answers are removed from this object or a
   * rating is taken back, and call `removeOld` after that. If a crash prevents that call, the object's alarm makes it.
   */
  oweRemoval(): void {
    const { store } = this.#host;
    if (store.gapDebt.dueAt === undefined && store.gaps().length === 0) return;
    this.#removals += 1;
    store.gapDebt.dueAt = Date.now() + retryMs;
  }

  /** Removes the questions that no longer count as unanswered, if a removal is owed. It never rejects. */
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

  /** Resolves when all requests to the database so far have ended, whether or not they failed. */
  async settled(): Promise<void> {
    await this.#last;
  }

  /**
   * The visitor's questions that are kept as unanswered.
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
    this.#last = result.catch(() => undefined); // the caller handles the error
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

/** There is no database, so nothing was ever kept. */
class MissingDatabase extends Error {
  override readonly name = "MissingDatabase";
}

/** Describes an error for the log: what the operator has to do, if that is known. */
function describe(error: unknown, assistant: string): LogFields {
  if (error instanceof MissingDatabase) {
    const detail = `wrangler.toml has no D1 database with the binding ${gapsBinding}. Add one under [[d1_databases]].`;
    return { detail };
  }
  if (!isMissingTable(error)) return describeBug(error);
  return { detail: `The database has no table for unanswered questions yet. Run: npm run gaps -- ${assistant}` };
}
