// The element's manifest: what an editor and a framework know of it. `npm run build` writes it into the package.
export default {
  globs: ["widget/index.ts", "widget/define.ts", "widget/element/rivulet-chat.ts", "widget/element/events.ts"],
  litelement: true,
  packagejson: false,
};
