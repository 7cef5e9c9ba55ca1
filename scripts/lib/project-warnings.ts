import { existsSync, globSync } from "node:fs";
import { dirname } from "node:path";
import type { Project } from "../../worker/assistants/project.ts";
import { handoverVariables } from "../../worker/handover/open-handover.ts";
import { didYouMean, nearNames } from "../../worker/models/near-names.ts";
import { variableNames } from "../../worker/settings.ts";
import { devVarsFile, isDevVarsUnreadable, readDevVars, unreadDevVars } from "./dev-vars.ts";
import { warn } from "./mistake.ts";
import { at, root } from "./root.ts";

/** Prints what may be a mistake in the operator's project. */
export function printWarnings(project: Project): void {
  const folders = folderWarnings([...project.assistants.keys()]);
  for (const warning of [...project.warnings, ...folders, ...encodingWarnings(), ...variableWarnings(project)]) {
    warn(warning);
  }
}

function encodingWarnings(): string[] {
  if (!isDevVarsUnreadable()) return [];
  return [`${devVarsFile()} is not saved as UTF-8, so it is not read: save it again with this encoding.`];
}

/**
 * Finds variables that are misspelled or not written as `NAME=value`. Other names are not reported, because an
 * operator's own code may read them.
 */
function variableWarnings({ connections, assistants }: Project): string[] {
  const known = [
    ...variableNames,
    ...Object.values(connections).flatMap(({ variables }) => Object.values(variables)),
    ...[...assistants.values()].flatMap(({ handover }) => Object.values(handoverVariables(handover))),
  ];
  const unread = unreadDevVars(known).map(
    (name) => `${devVarsFile()}: ${name} is not read: write NAME=value on one line.`,
  );
  const misspelt = Object.keys(readDevVars()).flatMap((name) => {
    const meant = known.includes(name) ? undefined : didYouMean(nearNames(name, known));
    return meant === undefined ? [] : [`${devVarsFile()}: nothing reads ${name}: ${meant}`];
  });
  return [...unread, ...misspelt];
}

/** Compares the folders in `assistants/` with the project's assistants: an assistant's id is the name of its folder. */
function folderWarnings(ids: readonly string[]): string[] {
  const folders = globSync("assistants/*/assistant.ts", { cwd: root }).map((path) =>
    dirname(path).replaceAll("\\", "/"),
  );
  const unlisted = folders.filter((folder) => !ids.some((id) => folder === `assistants/${id}`));
  const homeless = ids.filter((id) => !existsSync(at(`assistants/${id}`)));
  return [
    ...unlisted.map(
      (folder) => `${folder} is not in assistants/index.ts: import its assistant there and add it to \`assistants\`.`,
    ),
    ...homeless.map(
      (id) => `assistants/index.ts: the assistant ${id} has no folder assistants/${id}: give both the same name.`,
    ),
  ];
}

/** Says which assistants a deployment has. */
export function describeDeployment({ assistants }: Project): string {
  const all = [...assistants.values()];
  const deployed = all.filter(({ developmentOnly }) => !developmentOnly).map(({ id }) => id);
  const others = all.filter(({ developmentOnly }) => developmentOnly).map(({ id }) => id);
  const present = `Assistants in the deployment: ${deployed.join(", ") || "none"}.`;
  if (others.length === 0) return present;
  return `${present} Not deployed, because their files say \`developmentOnly\`: ${others.join(", ")}.`;
}
