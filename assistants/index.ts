import { defineProject } from "../worker/assistants/project.ts";
import { claude } from "./claude/assistant.ts";
import { connections } from "./connections.ts";
import { foundry } from "./foundry/assistant.ts";

/** This repository's own project. An assistant's id here is its folder's name, and what a page names it by. */
export const project = defineProject({ connections, assistants: { claude, foundry } });
