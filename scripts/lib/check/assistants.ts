import { loadProject } from "../load-project.ts";
import { explainMistakes } from "../mistake.ts";

explainMistakes();
await loadProject();
