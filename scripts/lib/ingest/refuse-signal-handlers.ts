const signals: readonly unknown[] = ["SIGINT", "SIGTERM", "SIGHUP"];

/**
 * Removes every signal handler that is added from now on. Miniflare's handlers would end this script in the middle of a
 * step. Without them, Miniflare's processes still end together with this one.
 * @returns a function that allows signal handlers again
 */
export function refuseSignalHandlers(): () => void {
  const remove = (event: string | symbol, listener: (...values: unknown[]) => void) => {
    if (signals.includes(event)) process.nextTick(() => process.removeListener(event, listener));
  };
  process.on("newListener", remove);
  return () => process.removeListener("newListener", remove);
}
