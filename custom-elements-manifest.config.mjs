// Settings for the element's manifest, which describes it to editors and frameworks. `npm run build` adds it to the package.
export default {
  globs: ["widget/index.ts", "widget/define.ts", "widget/element/rivulet-chat.ts", "widget/element/events.ts"],
  litelement: true,
  packagejson: false,
};
