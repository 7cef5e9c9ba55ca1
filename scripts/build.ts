// `npm run build`: builds everything that is deployed or published, into dist/.
import { ensureDemo } from "./lib/build-demo.ts";
import { buildPackage } from "./lib/build-package.ts";
import { buildWidget } from "./lib/build-widget.ts";
import { endWithParent } from "./lib/lifetime.ts";
import { loadProject } from "./lib/load-project.ts";
import { explainMistakes } from "./lib/mistake.ts";
import { describeDeployment, printWarnings } from "./lib/project-warnings.ts";
import { measureWidget, printSizes } from "./lib/sizes.ts";

endWithParent();
explainMistakes();
const project = await loadProject();
printWarnings(project);
await buildWidget();
await ensureDemo();
await buildPackage();
printSizes("dist/widget", measureWidget());
console.log(`\n${describeDeployment(project)}`);
