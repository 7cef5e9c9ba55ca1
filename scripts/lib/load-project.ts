import "../load-markdown.mjs";
import type { Project } from "../../worker/assistants/project.ts";
import { explainLoadError } from "./explain-load-error.ts";
import { Mistake } from "./mistake.ts";

/**
 * Loads and checks the operator's project in `assistants/`.
 * @throws Mistake that names the file and what to do
 */
export async function loadProject(): Promise<Project> {
  const { project } = await importIndex();
  if (project !== undefined) return project;
  throw new Mistake("assistants/index.ts: it exports no project: write `export const project = defineProject({ … })`.");
}

async function importIndex(): Promise<{ project?: Project }> {
  try {
    return await import("../../assistants/index.ts");
  } catch (error) {
    throw explainLoadError(error) ?? error;
  }
}
