import "../load-markdown.mjs";
import type { Project } from "../../worker/assistants/project.ts";

/**
 * Loads and checks the operator's project in `assistants/`, and prints warnings. If a check fails, this prints how to fix
 * it and exits.
 */
export async function loadProject(): Promise<Project> {
  try {
    const { project } = await import("../../assistants/index.ts");
    for (const warning of project.warnings) console.warn(`Warning: ${warning}`);
    return project;
  } catch (error) {
    if (!(error instanceof Error) || error.name !== "ProjectError") throw error;
    console.error(error.message);
    return process.exit(1);
  }
}
