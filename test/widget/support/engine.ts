/** The engine that runs this test: Chromium in `npm test`, the two others in `npm run prove -- browsers`. */
export const isChromium = navigator.userAgent.includes("Chrom");
export const isFirefox = CSS.supports("-moz-appearance: none");
export const isWebKit = !isChromium && !isFirefox;
