// The visitors of the bench: they ask, and note when each piece of an answer came.
import { serve } from "../lib/rpc.ts";
import { askAll } from "./ask.ts";
import type { Preparation, Questions } from "./target.ts";
import { arrive, VisitorPool } from "./visitors.ts";

/** Those who ask a target, by its URL; none where it knows no visitors. */
const pools = new Map<string, VisitorPool>();

serve({
  /** Gets the visitors ready for the next questions. The upstream must be set to one piece. */
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
  /** What this process has used so far, in milliseconds. */
  processorMs() {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
  },
});
