/** Fields of one log line. Never a prompt, an answer, a key, a token or a provider's text. */
export type LogFields = Record<string, string | number | boolean | null | undefined>;

/** How much a line matters. */
export type LogLevel = "info" | "warning" | "error";

/** Writes one structured line. */
export function log(level: LogLevel, event: string, fields: LogFields = {}): void {
  const line = JSON.stringify({ level, event, ...fields });
  if (level === "info") console.log(line);
  else if (level === "warning") console.warn(line);
  else console.error(line);
}

/** Where a bug is, without its message: that can hold what somebody typed, or a provider's words. */
export function describeBug(error: unknown): LogFields {
  if (!(error instanceof Error)) return { bug: typeof error };
  const places = (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  return { bug: error.name, at: places.slice(0, 5).join(" ").trim() };
}
