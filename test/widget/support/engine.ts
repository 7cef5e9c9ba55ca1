/** Which engine runs this test: `npm test` has Chromium, `npm run prove -- browsers` the two others. */
export const isChromium = navigator.userAgent.includes("Chrom");
export const isFirefox = CSS.supports("-moz-appearance: none");
export const isWebKit = !isChromium && !isFirefox;
