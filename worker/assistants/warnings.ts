import type { Project } from "./project.ts";

/** What an operator should change in a project that works: one sentence per assistant, with the file and the field. */
export function projectWarnings({ assistants }: Project): string[] {
  return [...assistants.values()]
    .filter(({ budget }) => budget === undefined)
    .map(({ id, limits: { turnsPerDay } }) => {
      const risk = `nothing limits what its ${turnsPerDay} turns per day can cost`;
      return `assistants/${id}/assistant.ts: budget is missing: ${risk}: set it, for example to { usdPerDay: 5 }.`;
    });
}
