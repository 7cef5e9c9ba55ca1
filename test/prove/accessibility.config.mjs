import { appendFileSync } from "node:fs";
import base from "../../web-test-runner.config.mjs";
import { engines, launcher } from "../engines/engines.ts";
import { bundledTestsPlugin } from "../widget/support/bundled-tests-plugin.ts";
import { scriptedWorkerPlugin } from "../widget/support/test-runner-plugin.ts";
import { windowPlugin } from "../widget/support/window-plugin.ts";

const files = "test/widget/proofs/accessibility.browser.ts";
const engine = engines.find(({ name }) => name === process.env.RIVULET_TEST_ENGINE);
const { RIVULET_AUDITS = "", RIVULET_AUDIT_MINUTES = "0" } = process.env;

/** Tells the browser how long the audit may take, and writes down its results: a line of JSON per state. */
const audits = {
  name: "accessibility-audits",
  executeCommand({ command, payload }) {
    if (command === "accessibility-minutes") return RIVULET_AUDIT_MINUTES;
    if (command !== "accessibility-audited") return undefined;
    appendFileSync(RIVULET_AUDITS, `${JSON.stringify(payload)}\n`);
    return true;
  },
};

/** Runs the proof of accessibility in Chromium or another engine. */
export default {
  ...base,
  files,
  plugins: [bundledTestsPlugin(files), scriptedWorkerPlugin(), windowPlugin(), audits],
  ...(engine && { browsers: [launcher(engine)] }),
  testsFinishTimeout: 24 * 3_600_000,
};
