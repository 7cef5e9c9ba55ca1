/**
 * Chromium features that are turned off. Otherwise a complete Chromium would load the address bar's drop-down as two
 * pages of its own for every window, and start a spare process for every page. That takes two thirds of the processor
 * time of a short test, and has no effect on the tested page. The other features are the ones that Playwright turns
 * off; they are repeated here because only the last flag of this name counts.
 */
const disabledFeatures = [
  "SpareRendererForSitePerProcess",
  "WebUIOmniboxAimPopup",
  "WebUIOmniboxPopup",
  "AimEnabled",
  "AvoidCorsURLLoaderRestartOnRedirect",
  "AvoidUnnecessaryBeforeUnloadCheckSync",
  "DestroyProfileOnBrowserClose",
  "HttpsFirstBalancedModeAutoEnable",
  "HttpsUpgrades",
  "LensOverlay",
  "MediaRouter",
  "NetworkTimeServiceQuerying",
  "OptimizationHints",
  "PaintHolding",
  "PreconnectToSearch",
  "TcpPortRandomizationWin",
  "ThirdPartyStoragePartitioning",
  "msEdgeUpdateLaunchServicesPreferredVersion",
  "msForceBrowserSignIn",
];

/**
 * The flags of the Chromium that runs browser tests, end-to-end tests and some proofs. They turn off update checks and
 * background services, which would disturb measurements and waits.
 */
export const browserFlags: readonly string[] = [
  ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []), // Chromium refuses to run as root otherwise
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  `--disable-features=${disabledFeatures.join(",")}`,
];
