/** Fields of one log line. Never a prompt, an answer, a key, a token or a provider's text. */
export type LogFields = Record<string, string | number | boolean | null | undefined>;

/** Severity of a line. */
export type LogLevel = "info" | "warning" | "error";

/** Writes one structured line. */
export function log(level: LogLevel, event: string, fields: LogFields = {}): void {
  const line = JSON.stringify({ level, event, ...fields });
  if (level === "info") console.log(line);
  else if (level === "warning") console.warn(line);
  else console.error(line);
}

/**
 * Describes a bug by the error's name and stack. The message is left out, because it can contain what a visitor typed
 * or a provider's text.
 */
export function describeBug(error: unknown): LogFields {
  if (!(error instanceof Error)) return { bug: typeof error };
  const frames = (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  return { bug: error.name, at: frames.slice(0, 5).join(" ").trim() };
}
