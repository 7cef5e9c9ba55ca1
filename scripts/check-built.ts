// Run by wrangler before it deploys (`before-wrangler.mjs`): says what `npm run build` would have said. A mistake in the
// project ends the deployment, although wrangler then prints a stack of its own below the sentence. A folder that does not exist does not: wrangler itself refuses to deploy it.
import { isWidgetBuilt, isWidgetFresh } from "./lib/build-widget.ts";
import { loadProject } from "./lib/load-project.ts";
import { Mistake, warn } from "./lib/mistake.ts";
import { describeDeployment, printWarnings } from "./lib/project-warnings.ts";

if (!isWidgetBuilt()) console.error("dist/widget does not exist: run `npm run build`, then deploy again.");
else if (!isWidgetFresh()) warn("dist/widget is older than its sources: run `npm run build`, then deploy again.");
try {
  const project = await loadProject();
  printWarnings(project);
  console.log(describeDeployment(project));
} catch (error) {
  if (!(error instanceof Mistake)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
