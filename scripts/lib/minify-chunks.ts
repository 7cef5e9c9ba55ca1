import { minifySync, type Plugin } from "vite";

/** Makes every chunk small, before its content is hashed into its name. */
export function minifyChunks(): Plugin {
  return {
    name: "minify-chunks",
    enforce: "post", // when the code is for the browsers that are meant
    renderChunk(code, { fileName }, { format }) {
      const once = minifySync(fileName, code, { compress: true, mangle: true, module: format === "es" });
      const [error] = once.errors;
      if (error) throw new Error(`${fileName}: ${error.message}`);
      return { code: once.code, map: null };
    },
  };
}
