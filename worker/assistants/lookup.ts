import type { Assistant } from "./assistant.ts";
import type { Project } from "./project.ts";

/** Finds assistants. Some of them are available in development only. */
export interface AssistantLookup {
  find(id: string, isDevelopment: boolean): Assistant | undefined;
  /** The ids of all available assistants. */
  ids(isDevelopment: boolean): readonly string[];
  /** The origins of all available assistants together. */
  origins(isDevelopment: boolean): readonly string[];
}

/** Creates the lookup for the assistants of a project. */
export function createLookup(project: Project): AssistantLookup {
  const all = [...project.assistants.values()];
  const deployed = all.filter((assistant) => !assistant.developmentOnly);
  const originsOf = (assistants: readonly Assistant[]): string[] => assistants.flatMap(({ origins }) => origins);
  const [allOrigins, deployedOrigins] = [originsOf(all), originsOf(deployed)];
  return {
    find: (id, isDevelopment) => {
      const assistant = project.assistants.get(id);
      return assistant && (isDevelopment || !assistant.developmentOnly) ? assistant : undefined;
    },
    ids: (isDevelopment) => (isDevelopment ? all : deployed).map(({ id }) => id),
    origins: (isDevelopment) => (isDevelopment ? allOrigins : deployedOrigins),
  };
}
