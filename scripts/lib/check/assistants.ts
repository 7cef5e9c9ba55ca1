import { loadProject } from "../load-project.ts";

await loadProject();
