import { chromium } from "playwright-core";
const b = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
for (const [name, vp, scheme] of [["desk", { width: 1200, height: 860 }, "light"], ["phone", { width: 390, height: 844 }, "dark"]]) {
  const c = await b.newContext({ viewport: vp, colorScheme: scheme, hasTouch: name === "phone" });
  const p = await c.newPage();
  p.on("console", (m) => console.log(name, m.type(), m.text()));
  await p.goto("http://127.0.0.1:8911/faults");
  await p.locator("[part~=launcher]").click();
  const box = p.locator("rivulet-chat textarea, rivulet-chat [part~=input]").first();
  await box.waitFor();
  await p.waitForTimeout(800);
  await p.screenshot({ path: `/tmp/s-${name}-0.png` });
  await box.fill("The light blinks red. What does E21 mean?");
  await box.press("Enter");
  await p.waitForTimeout(9000);
  await p.screenshot({ path: `/tmp/s-${name}-1.png` });
  const chip = p.locator("rivulet-chat .chip, rivulet-chat [part~=chip], rivulet-chat button.citation").first();
  console.log(await chip.count());
  if (await chip.count()) { name === "phone" ? await chip.tap() : await chip.hover(); await p.waitForTimeout(900); await p.screenshot({ path: `/tmp/s-${name}-2.png` });
    const act = p.locator("rivulet-chat").getByText("Show on this page").first(); if (await act.count()) { await act.click(); await p.waitForTimeout(1500); await p.screenshot({ path: `/tmp/s-${name}-3.png` }); } }
  await c.close();
}
await b.close();
