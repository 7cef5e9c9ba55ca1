// The bundler's plugins, which are installed only for the proof.
import { svelte } from "@sveltejs/vite-plugin-svelte";
import vue from "@vitejs/plugin-vue";

const isCustomElement = (tag) => tag === "rivulet-chat";

export const plugins = {
  vue: [vue({ template: { compilerOptions: { isCustomElement } } })],
  svelte: [svelte({ configFile: false })],
};
