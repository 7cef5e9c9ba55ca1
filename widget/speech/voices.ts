/** The primary part of a language tag. Android writes tags with an underscore. */
function primary(tag: string): string {
  return tag.toLowerCase().split(/[-_]/)[0] ?? "";
}

function normal(tag: string): string {
  return tag.toLowerCase().replace("_", "-");
}

/**
 * Finds a voice that reads a language: preferably one on the device, and among those preferably one of the same region.
 * @param lang BCP 47 tag
 * @returns undefined if no voice fits: a text that is read by a voice for another language cannot be understood
 */
export function voiceFor(voices: readonly SpeechSynthesisVoice[], lang: string): SpeechSynthesisVoice | undefined {
  const fitting = voices.filter((voice) => primary(voice.lang) === primary(lang));
  const rank = (voice: SpeechSynthesisVoice) =>
    (voice.localService ? 4 : 0) + (normal(voice.lang) === normal(lang) ? 2 : 0) + (voice.default ? 1 : 0);
  return fitting.toSorted((one, other) => rank(other) - rank(one))[0];
}
