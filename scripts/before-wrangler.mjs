// wrangler runs this before it bundles the worker (`build.command` in wrangler.toml). Development needs no check:
// `npm start` and `npm run worker` have made it already. A bundle for tests needs none either, because it is not
// deployed.
if (process.env.WRANGLER_COMMAND !== "dev" && process.env.RIVULET_UNCHECKED !== "1") {
  process.argv.splice(2, Infinity, "check-built");
  await import("./bootstrap.mjs");
}
