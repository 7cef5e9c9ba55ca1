import base from "../../web-test-runner.config.mjs";
import { engines, launcher } from "./engines.ts";

const engine = engines.find(({ name }) => name === process.env.RIVULET_TEST_ENGINE);
if (!engine) throw new Error(`RIVULET_TEST_ENGINE must be one of ${engines.map(({ name }) => name).join(", ")}.`);

/** Runs the browser tests in an engine other than Chromium. */
export default { ...base, browsers: [launcher(engine)] };
