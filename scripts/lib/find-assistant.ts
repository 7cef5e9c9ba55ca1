import type { Assistant } from "../../worker/assistants/assistant.ts";
import type { Project } from "../../worker/assistants/project.ts";
import { didYouMean, nearNames } from "../../worker/models/near-names.ts";
import { Mistake } from "./mistake.ts";

/** Says which assistants a command can name. */
export function describeAvailable({ assistants }: Project): string {
  return `The available assistants are ${[...assistants.keys()].join(", ")}.`;
}

/**
 * Finds the assistant that a command names.
 * @param id empty if the command names none
 * @returns undefined if `id` is empty
 * @throws Mistake if there is no such assistant
 */
export function findAssistant(project: Project, id: string): Assistant | undefined {
  const assistant = project.assistants.get(id);
  if (id === "" || assistant !== undefined) return assistant;
  const meant = didYouMean(nearNames(id, [...project.assistants.keys()]));
  const suggestion = meant === undefined ? "." : `: ${meant}`;
  throw new Mistake(`There is no assistant ${id} in assistants/index.ts${suggestion} ${describeAvailable(project)}`);
}
