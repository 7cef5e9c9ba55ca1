// wrangler runs this before it deploys (see `before-wrangler.mjs`). Like `npm run build`, it prints the project's
// warnings and which assistants are deployed. A mistake in the project stops the deployment, although wrangler then
// prints its own stack trace below the message. A missing dist/widget is only reported, because wrangler itself refuses
// to deploy without that folder.
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
