/**
 * Styles for the launcher's animations and for its icon while the panel is open. They are not part of the script tag,
 * but load with the panel, which happens as soon as a pointer is over the launcher.
 */
export const launcherMotion = `
[part="launcher"], [part="launcher"] .icon { transition: opacity .2s ease, transform .2s ease, box-shadow .2s ease; }
[part="launcher"]:hover { transform: translateY(-.125em); }
[part="launcher"]:active { transform: scale(.96); }
[part="launcher"] .icon-chevron, [data-state="open"] .icon-chat { opacity: 0; transform: scale(.6); }
[part="launcher"][data-state="open"] .icon-chevron { opacity: 1; transform: none; }
@media (prefers-reduced-motion: reduce) {
  [part="launcher"], [part="launcher"] .icon { transition: none; }
}
`;
