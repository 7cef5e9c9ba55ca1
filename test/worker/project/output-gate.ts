import { AsyncLocalStorage } from "node:async_hooks";

/**
 * An object's output gate with slow storage. Everything that leaves the object (a request to a provider, a call to the
 * ledger, the result of a method and every piece of a stream) is held until all earlier writes are confirmed. A write
 * is confirmed a given number of milliseconds after it was made. workerd has the same gate
 * (`waitForOutputLocksIfNecessary` in its `worker-rpc.c++`, `http.c++` and `streams/internal.c++`), but its local disk
 * confirms at once.
 */
export class OutputGate {
  readonly #delayMs: number;
  /** Resolves when the last write is confirmed; undefined if all writes are. */
  #unconfirmed: Promise<void> | undefined;
  /** Writes without an `await` in between count as one write and are confirmed together. */
  #isWriting = false;

  /** @param delayMs from a write to its confirmation; 0 leaves the storage as it is */
  constructor(storage: DurableObjectStorage, delayMs: number) {
    this.#delayMs = delayMs;
    if (delayMs === 0) return;
    const { sql } = storage;
    const exec = sql.exec.bind(sql);
    const counted = (query: string, ...values: SqlStorageValue[]) => {
      // Miniflare stores an object's name in its database; the platform does not.
      if (!/^\s*SELECT|__miniflare/i.test(query)) this.#write();
      return exec(query, ...values);
    };
    Object.defineProperty(sql, "exec", { value: counted });
    for (const name of ["setAlarm", "deleteAlarm", "deleteAll"] as const) {
      const method = storage[name].bind(storage) as (...values: unknown[]) => unknown;
      const value = (...values: unknown[]) => {
        this.#write();
        return method(...values);
      };
      Object.defineProperty(storage, name, { value });
    }
  }

  /** Runs one of the object's methods. Its result is held as well. */
  run<T>(method: () => Promise<T>): Promise<T> {
    return current.run(this, async () => {
      const result = await method();
      await this.#unconfirmed;
      return this.#hold(result);
    });
  }

  /** Sends as soon as all writes so far are confirmed. */
  send<T>(send: () => Promise<T>): Promise<T> {
    return this.#unconfirmed === undefined ? send() : this.#unconfirmed.then(send);
  }

  #hold<T>(result: T): T {
    if (this.#delayMs === 0 || typeof result !== "object" || result === null || !("value" in result)) return result;
    const { value } = result;
    if (!(value instanceof ReadableStream)) return result;
    const transform = async (piece: unknown, controller: TransformStreamDefaultController) => {
      await this.#unconfirmed;
      controller.enqueue(piece);
    };
    return { ...result, value: value.pipeThrough(new TransformStream({ transform })) };
  }

  #write(): void {
    if (this.#isWriting) return;
    this.#isWriting = true;
    queueMicrotask(() => (this.#isWriting = false));
    const confirmed = scheduler.wait(this.#delayMs).then(() => {
      if (this.#unconfirmed === confirmed) this.#unconfirmed = undefined;
    });
    this.#unconfirmed = confirmed;
  }
}

/** The gate of the current object. */
const current = new AsyncLocalStorage<OutputGate>();

/** Makes everything that an object sends pass that object's gate. */
export function gated<A extends unknown[], T>(send: (...values: A) => Promise<T>): (...values: A) => Promise<T> {
  return (...values) => {
    const gate = current.getStore();
    return gate === undefined ? send(...values) : gate.send(() => send(...values));
  };
}
