// wrangler runs this before it bundles the worker (`build.command` in wrangler.toml). Development needs no check:
// `npm start` and `npm run worker` have made it already. Nor does a bundle for tests, which is not deployed.
if (process.env.WRANGLER_COMMAND !== "dev" && process.env.RIVULET_UNCHECKED !== "1") {
  process.argv.splice(2, Infinity, "check-built");
  await import("./bootstrap.mjs");
}
