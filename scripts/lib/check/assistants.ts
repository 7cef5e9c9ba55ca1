import { loadProject } from "../load-project.ts";
import { explainMistakes } from "../mistake.ts";
import { printWarnings } from "../project-warnings.ts";

explainMistakes();
printWarnings(await loadProject());
