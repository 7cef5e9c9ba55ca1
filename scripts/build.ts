// `npm run build`: builds everything that is deployed or published, into dist/.
import { endWithParent } from "./lib/lifetime.ts";
import { loadProject } from "./lib/load-project.ts";
import { explainMistakes } from "./lib/mistake.ts";
import { describeDeployment, printWarnings } from "./lib/project-warnings.ts";

endWithParent();
explainMistakes();
const project = await loadProject();
printWarnings(project);
await build();
console.log(`\n${describeDeployment(project)}`);

/**
 * Builds everything. The bundler takes a second to load, so it is imported only here, after the mistakes above are
 * reported.
 */
async function build(): Promise<void> {
  const { buildWidget } = await import("./lib/build-widget.ts");
  const { ensureDemo } = await import("./lib/build-demo.ts");
  const { buildPackage } = await import("./lib/build-package.ts");
  const { measureWidget, printSizes } = await import("./lib/sizes.ts");
  await buildWidget();
  await ensureDemo();
  await buildPackage();
  printSizes("dist/widget", measureWidget());
}
