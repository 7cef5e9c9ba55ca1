import type { Browser } from "playwright-core";

/**
 * Puts pictures next to each other, in rows on gray, and writes them as one picture.
 * @param rows PNG files
 * @param path of the PNG file that is written
 */
export async function writeSheet(browser: Browser, rows: readonly (readonly Buffer[])[], path: string): Promise<void> {
  const page = await browser.newPage();
  const image = (png: Buffer) => `<img src="data:image/png;base64,${png.toString("base64")}">`;
  await page.setContent(`<style>
    body { margin: 0; background: #888 }
    main { display: grid; gap: 8px; padding: 8px; width: max-content }
    div { display: flex; gap: 8px; align-items: start }
    </style><main>${rows.map((row) => `<div>${row.map(image).join("")}</div>`).join("")}</main>`);
  await page.evaluate("Promise.all([...document.images].map((each) => each.decode()))");
  await page.locator("main").screenshot({ path });
  await page.close();
}
