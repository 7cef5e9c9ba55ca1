import type { Assistant } from "./assistant.ts";
import type { Project } from "./project.ts";

/** Finds assistants. In development there are more of them, and pages on the same machine may use all of them. */
export interface AssistantLookup {
  find(id: string, isDevelopment: boolean): Assistant | undefined;
  /** All available assistants. */
  available(isDevelopment: boolean): readonly Assistant[];
  /** The origins of all available assistants together. */
  origins(isDevelopment: boolean): readonly string[];
  /** Why there is no such assistant, for the operator's log. */
  explainMissing(id: string): string;
}

/** Pages on the developer's own machine. */
const localOrigins = ["http://localhost:*", "http://127.0.0.1:*", "http://[::1]:*"];

/** How much of an id from a request is logged, in UTF-16 units. No valid id is longer. */
const maxIdChars = 64;

/** Creates the lookup for the assistants of a project. */
export function createLookup(project: Project): AssistantLookup {
  const all = [...project.assistants.values()];
  const deployed = all.filter((assistant) => !assistant.developmentOnly);
  const local = all.map((assistant) => ({ ...assistant, origins: [...assistant.origins, ...localOrigins] }));
  const [development, deployment] = [index(local), index(deployed)];
  const choose = (isDevelopment: boolean): Index => (isDevelopment ? development : deployment);
  return {
    find: (id, isDevelopment) => choose(isDevelopment).byId.get(id),
    available: (isDevelopment) => choose(isDevelopment).assistants,
    origins: (isDevelopment) => choose(isDevelopment).origins,
    explainMissing: (id) =>
      project.assistants.has(id)
        ? `developmentOnly is set in assistants/${id}/assistant.ts: remove it there, and deploy again`
        : `there is no assistant ${JSON.stringify(id.slice(0, maxIdChars))} in assistants/index.ts`,
  };
}

/** A set of assistants, prepared for lookups. */
interface Index {
  assistants: readonly Assistant[];
  byId: ReadonlyMap<string, Assistant>;
  origins: readonly string[];
}

function index(assistants: readonly Assistant[]): Index {
  return {
    assistants,
    byId: new Map(assistants.map((assistant) => [assistant.id, assistant])),
    origins: assistants.flatMap(({ origins }) => origins),
  };
}
