import { DurableObject } from "cloudflare:workers";
import { askUpstream, type LayerEnv } from "./env.ts";
import { EventWriter } from "./event-writer.ts";
import { includes, levelOf, type Level } from "./levels.ts";

/** One stream in its own object, with as much work as its level includes. */
export class LayerObject extends DurableObject<LayerEnv> {
  override async fetch(request: Request): Promise<Response> {
    const level = levelOf(new URL(request.url).pathname) ?? "pass-through";
    const settle = includes(level, "ledger") ? await this.#reserve() : undefined;
    const answer = await askUpstream(request, this.env);
    if (answer.body === null || !includes(level, "read and write in JavaScript")) return answer;
    return new Response(this.#copy(answer.body, level, settle), answer);
  }

  async #reserve(): Promise<() => void> {
    const ledger = this.env.LEDGER.get(this.env.LEDGER.idFromName("bench"));
    const key = crypto.randomUUID();
    await ledger.reserve(key, 1000);
    return () => this.ctx.waitUntil(ledger.settle(key, 500));
  }

  #copy(body: ReadableStream<Uint8Array>, level: Level, settle?: () => void): ReadableStream<Uint8Array> {
    return new ReadableStream<Uint8Array>({
      start: (controller) => {
        const take = includes(level, "parse and write events")
          ? this.#writer(controller, level)
          : { feed: (bytes: Uint8Array) => controller.enqueue(bytes), end: () => undefined };
        const pump = async () => {
          const reader = body.getReader();
          for (let read = await reader.read(); !read.done; read = await reader.read()) take.feed(read.value);
          take.end();
          controller.close();
          settle?.();
        };
        this.ctx.waitUntil(pump());
      },
    });
  }

  #writer(controller: ReadableStreamDefaultController<Uint8Array>, level: Level): EventWriter {
    return new EventWriter(controller, {
      gatherMs: includes(level, "gather for 60 ms") ? 60 : 0,
      sql: includes(level, "log row per second") ? this.ctx.storage.sql : undefined,
    });
  }
}
