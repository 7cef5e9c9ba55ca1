import { writeFileSync } from "node:fs";
import { chromeLauncher, defaultReporter } from "@web/test-runner";
import { browserFlags } from "./scripts/lib/browser-flags.ts";
import { findBrowsers, noBrowserFound } from "./scripts/lib/find-browser.ts";
import { findRandomPort } from "./scripts/lib/find-port.ts";
import { bundledTestsPlugin } from "./test/widget/support/bundled-tests-plugin.ts";
import { scriptedWorkerPlugin } from "./test/widget/support/test-runner-plugin.ts";
import { windowPlugin } from "./test/widget/support/window-plugin.ts";

const browsers = findBrowsers();
if (browsers === undefined) throw new Error(noBrowserFound);

/** Counts tests for `scripts/test.ts`. A file that cannot be loaded counts as one failed test. */
const countReporter = {
  onTestRunFinished({ sessions }) {
    const counts = { passed: 0, failed: 0, skipped: 0 };
    for (const { testResults, errors, passed } of sessions) {
      const before = counts.failed;
      if (testResults) countSuite(testResults, counts);
      if ((errors.length > 0 || passed === false) && counts.failed === before) counts.failed += 1;
    }
    if (process.env.RIVULET_TEST_SUMMARY) writeFileSync(process.env.RIVULET_TEST_SUMMARY, JSON.stringify(counts));
  },
};

function countSuite(suite, counts) {
  for (const test of suite.tests) counts[test.skipped ? "skipped" : test.passed ? "passed" : "failed"] += 1;
  for (const inner of suite.suites) countSuite(inner, counts);
}

export default {
  rootDir: ".",
  files: "test/**/*.browser.test.ts",
  plugins: [bundledTestsPlugin(), scriptedWorkerPlugin(), windowPlugin()],
  browsers: [
    chromeLauncher({
      launchOptions: {
        executablePath: browsers.shell,
        // A frame of an animation costs as much as a step of a test. The tests of what moves turn motion on.
        args: [...browserFlags, "--force-prefers-reduced-motion"],
      },
    }),
  ],
  reporters: [defaultReporter({ reportTestProgress: false, reportTestResults: true }), countReporter],
  port: await findRandomPort(),
  // They only cost time where something never comes: a busy machine is not late.
  testFramework: { config: { timeout: 120_000 } },
  browserStartTimeout: 120_000,
  testsStartTimeout: 120_000,
  testsFinishTimeout: 600_000,
  concurrency: 1, // a page in the background paints no frames
};
