// The visitors of the benchmark. They ask, and record when each piece of an answer arrives.
import { serve } from "../lib/rpc.ts";
import { askAll } from "./ask.ts";
import type { Preparation, Questions } from "./target.ts";
import { arrive, VisitorPool } from "./visitors.ts";

/** The visitors of each target, by its URL. A target without sessions has none. */
const pools = new Map<string, VisitorPool>();

serve({
  /** Prepares the visitors for the next questions. The upstream must be set to one piece. */
  async prepare({ target, who, visitors: count }: Preparation) {
    if (!target.hasVisitors) return [];
    const { visitors, sessionMs } = await arrive(target, count);
    const pool = new VisitorPool(visitors);
    pools.set(target.url, pool);
    if (who === "returning") {
      const streams = await askAll({ target, count, atOnce: 8, pieces: 1 }, pool);
      const failed = streams.find(({ error }) => error !== undefined);
      if (failed) throw new Error(`a first turn failed: ${failed.error}`);
    }
    return sessionMs;
  },
  ask: (questions: Questions) => askAll(questions, pools.get(questions.target.url)),
  /** CPU time that this process has used so far, in milliseconds. */
  processorMs() {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
  },
});
