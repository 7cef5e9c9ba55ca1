/** What a proxy does, one thing more at each level; a level does everything that the ones before it do. */
export const levels = [
  "pass-through",
  "new object",
  "read and write in JavaScript",
  "parse and write events",
  "gather for 60 ms",
  "log row per second",
  "ledger",
] as const;

/** One of them. */
export type Level = (typeof levels)[number];

/** The path of a level, below which `/v1/messages` is asked. */
export function pathOf(level: Level): string {
  return `/level/${levels.indexOf(level)}`;
}

/** The level of a path. @returns undefined where it has none */
export function levelOf(path: string): Level | undefined {
  return levels[Number(/^\/level\/(\d+)\/v1\/messages$/.exec(path)?.[1] ?? Number.NaN)];
}

/** Whether a level does what another one adds. */
export function includes(level: Level, part: Level): boolean {
  return levels.indexOf(level) >= levels.indexOf(part);
}
