import base from "../../web-test-runner.config.mjs";
import { engines, launcher } from "./engines.ts";

const engine = engines.find(({ name }) => name === process.env.RIVULET_TEST_ENGINE);
if (!engine) throw new Error(`RIVULET_TEST_ENGINE must be one of ${engines.map(({ name }) => name).join(", ")}.`);

/** The tests that run in a browser, in another engine. */
export default { ...base, browsers: [launcher(engine)] };
