import { writeFileSync } from "node:fs";
import type { Browser } from "playwright-core";
import type { Sheet } from "./scene.ts";

/** The quality of WebP files, from 0 to 1. Above this value, files grow and nobody sees a difference. */
const quality = 0.82;

/**
 * Writes pictures with their captions as one WebP file.
 * @param pictures PNG files, in rows as in the sheet
 * @param path the path of the WebP file
 */
export async function writeSheet(
  browser: Browser,
  sheet: Sheet,
  pictures: readonly (readonly Buffer[])[],
  path: string,
): Promise<void> {
  const { title, background, rows, scale = 1 } = sheet;
  const page = await browser.newPage({ viewport: { width: 800, height: 600 } });
  const figure = (png: Buffer, caption: string) => {
    const [, head = "", rest = ""] = /^(.*?[.:])(?= |$)(.*)$/s.exec(caption) ?? [];
    return `<figure><img src="data:image/png;base64,${png.toString("base64")}">${title ? `<figcaption><b>${head}</b>${rest}</figcaption>` : ""}</figure>`;
  };
  await page.setContent(`<style>
    body { margin: 0; font: 15px/1.4 system-ui, sans-serif }
    main { width: max-content; padding: 24px; background: #e4e6e2; color: #3c4240 }
    main.bare { padding: 0; background: none }
    main.bare div { margin: 0 0 8px } main.bare div:last-child { margin: 0 }
    main.dark { background: #0d1110; color: #c6ccc9 }
    h1 { margin: 0 0 12px 18px; font-size: 22px; font-weight: 600 }
    div { display: flex; gap: 8px; align-items: end; margin-bottom: 16px }
    figure { margin: 0; display: grid } figcaption { width: 0; min-width: calc(100% - 36px); height: 3.4em; margin: 4px 18px 0 }
    </style><main class="${background ?? ""} ${title ? "" : "bare"}">${title ? `<h1>${title}</h1>` : ""}${rows
      .map(
        (row, at) =>
          `<div>${row.map(({ caption }, n) => figure(pictures[at]?.[n] ?? Buffer.of(), caption)).join("")}</div>`,
      )
      .join("")}</main>`);
  await page.evaluate("Promise.all([...document.images].map((each) => each.decode()))");
  const png = await page.locator("main").screenshot({ omitBackground: true });
  await page.close();
  await writeWebP(browser, png, path, scale);
}

/** Writes a PNG file as WebP. @param scale pixels of the file per pixel of the picture */
export async function writeWebP(browser: Browser, png: Buffer, path: string, scale = 1): Promise<void> {
  const page = await browser.newPage();
  const base64 = await page.evaluate<string>(`(async () => {
    const bitmap = await createImageBitmap(new Blob([Uint8Array.fromBase64("${png.toString("base64")}")]));
    const canvas = new OffscreenCanvas(Math.round(bitmap.width * ${scale}), Math.round(bitmap.height * ${scale}));
    const context = canvas.getContext("2d");
    context.imageSmoothingQuality = "high";
    context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    const blob = await canvas.convertToBlob({ type: "image/webp", quality: ${quality} });
    return new Uint8Array(await blob.arrayBuffer()).toBase64();
  })()`);
  writeFileSync(path, Buffer.from(base64, "base64"));
  await page.close();
}
