/** How much work a proxy does. Each level does everything that the earlier levels do, and one thing more. */
export const levels = [
  "pass-through",
  "new object",
  "read and write in JavaScript",
  "parse and write events",
  "gather for 60 ms",
  "log row per second",
  "ledger",
] as const;

/** One of the levels. */
export type Level = (typeof levels)[number];

/** The path of a level, to which `/v1/messages` is appended. */
export function pathOf(level: Level): string {
  return `/level/${levels.indexOf(level)}`;
}

/** The level of a path. @returns undefined if it has none */
export function levelOf(path: string): Level | undefined {
  return levels[Number(/^\/level\/(\d+)\/v1\/messages$/.exec(path)?.[1] ?? Number.NaN)];
}

/** Whether a level includes what another level adds. */
export function includes(level: Level, part: Level): boolean {
  return levels.indexOf(level) >= levels.indexOf(part);
}
