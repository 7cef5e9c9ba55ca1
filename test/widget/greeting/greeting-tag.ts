import type { RivuletChat } from "../../../widget/index.ts";
import { until, workerUrl } from "../support/page.ts";

const { setTimeout: later } = window;

/**
 * Adds a script tag with a greeting, which appears without its delay.
 * @param path of the script on the worker
 */
export async function addTag(data: Record<string, string>, path = "rivulet.js"): Promise<RivuletChat> {
  window.setTimeout = Object.assign(
    (run: TimerHandler, ms?: number, ...rest: unknown[]) => later(run, ms === 5_000 ? 0 : ms, ...rest),
    later,
  );
  const script = document.createElement("script");
  script.src = `${await workerUrl()}/${path}`;
  Object.assign(script.dataset, { assistant: "brook", ...data });
  const before = document.querySelectorAll("rivulet-chat").length;
  document.head.append(script);
  return until(() => document.querySelectorAll<RivuletChat>("html > rivulet-chat")[before]);
}

/** Removes the chats and their tags. */
export function removeTags(): void {
  for (const each of document.querySelectorAll('rivulet-chat, script[src*="/rivulet.js"]')) each.remove();
  window.setTimeout = later;
}
