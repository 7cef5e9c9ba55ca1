import { defineProject } from "../worker/assistants/project.ts";
import { claude } from "./claude/assistant.ts";
import { connections } from "./connections.ts";
import { foundry } from "./foundry/assistant.ts";
import { handbook } from "./handbook/assistant.ts";

/** This repository's own project. An assistant's id is the name of its folder; pages use it to select the assistant. */
export const project = defineProject({ connections, assistants: { handbook, claude, foundry } });
