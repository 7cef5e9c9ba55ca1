import type { UnconfiguredPart } from "../../protocol/index.ts";
import type { Assistant } from "./assistant.ts";
import { openHandover } from "../handover/open-handover.ts";
import { connect, type ConnectionSettings } from "./connect.ts";
import type { Project } from "./project.ts";

/** What an environment lacks for the assistants of a project. */
export interface Readiness {
  /** Whether at least one assistant can answer. */
  canAnswer: boolean;
  /** What is missing, without the names of variables: anybody may read it. */
  missing: readonly UnconfiguredPart[];
  /** One sentence per problem, for the operator's log. It names variables, never their values. */
  problems: readonly string[];
}

/**
 * Finds out which assistants can answer, without asking a provider.
 * @param assistants those that are available in this environment
 */
export function readinessOf(
  project: Project,
  assistants: readonly Assistant[],
  settings: ConnectionSettings & { turnstile: { secret?: string } },
): Readiness {
  if (assistants.length === 0) {
    const problem = "the deployment has no assistant: remove developmentOnly from assistants/<id>/assistant.ts";
    return { canAnswer: false, missing: ["assistants"], problems: [problem] };
  }
  const connectionProblems = (name: string): string[] => {
    const connected = connect(project, name, settings);
    return "problems" in connected ? connected.problems : [];
  };
  const provider = assistants.flatMap(({ models }) => models.flatMap((model) => connectionProblems(model.connection)));
  const lacksSecret = ({ turnstile }: Assistant) => turnstile !== undefined && settings.turnstile.secret === undefined;
  const challenge = assistants.filter(lacksSecret).map(() => "TURNSTILE_SECRET_KEY: set it");
  const handover = assistants.flatMap((assistant) => handoverProblems(assistant, settings));
  const canAnswer = (assistant: Assistant) =>
    !lacksSecret(assistant) && assistant.models.some((model) => connectionProblems(model.connection).length === 0);
  return {
    canAnswer: assistants.some(canAnswer),
    missing: [
      ...(provider.length > 0 ? ["provider" as const] : []),
      ...(challenge.length > 0 ? ["challenge" as const] : []),
      ...(handover.length > 0 ? ["handover" as const] : []),
    ],
    problems: [...new Set([...provider, ...challenge, ...handover])],
  };
}

/** Whether visitors of an assistant can write to a person: its handover is set up. */
export function canHandOver(assistant: Assistant, settings: Pick<ConnectionSettings, "variable">): boolean {
  return assistant.handover !== undefined && handoverProblems(assistant, settings).length === 0;
}

function handoverProblems({ handover }: Assistant, { variable }: Pick<ConnectionSettings, "variable">): string[] {
  const opened = handover && openHandover(handover, variable);
  return opened && "problems" in opened ? opened.problems : [];
}
