import "../load-markdown.mjs";
import type { Project } from "../../worker/assistants/project.ts";

/**
 * Loads what the operator wrote in `assistants/`, with all its checks. Where one fails it prints the one sentence that
 * says what to mend, and ends the script.
 */
export async function loadProject(): Promise<Project> {
  try {
    const { project } = await import("../../assistants/index.ts");
    return project;
  } catch (error) {
    if (!(error instanceof Error) || error.name !== "ProjectError") throw error;
    console.error(error.message);
    return process.exit(1);
  }
}
