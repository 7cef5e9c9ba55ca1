/** The mark of the pictures' site: an avatar without a background. */
export const mark = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><circle cx="16" cy="11.5" r="3.6" fill="#fff"/><path d="M8.5 18.5h15M11 18.5v5M16 18.5v5M21 18.5v5" stroke="#fff" stroke-width="2" stroke-linecap="round" fill="none"/></svg>`;

/** A page of the pictures' site. Answers cite it as a source. */
export const batteryPage = `<header><b>Sillwatt</b><nav>Mounting <span>First start</span> <span>Battery</span> <span>Yield</span></nav></header>
<main><h1>A battery for<br>the evening.</h1>
<p>The Store keeps what the balcony makes at noon and gives it back when you cook. Hang it beside the Core, plug it in, done.</p>
<p>Reckoned together with the panels, the whole pays for itself in 5.2 years, and the guarantee runs for ten.</p><div></div></main>`;

export const batteryPageStyles = `:root { background: light-dark(#fcf8ef, #16150f) }
body { margin: 0; padding: 22px 56px; font: 19px/1.6 system-ui, sans-serif; color: light-dark(#443f35, #cdc6b6) }
header { display: flex; justify-content: space-between; font-size: 17px } header b { color: light-dark(#1c2420, #f2efe6) }
nav { font-size: 15px } nav span { margin-inline-start: 26px }
h1 { margin: 76px 0 24px; font-size: 62px; line-height: 1.05; letter-spacing: -.02em; color: light-dark(#1c2420, #f2efe6) }
main { max-width: 560px } main div { height: 215px; margin-top: 36px; border-radius: 16px; background: light-dark(#efe6d2, #2a271d) }
.narrow nav { display: none }`;

/**
 * Stands in for what Chromium's headless shell lacks: a voice on the device, and recognition of speech in English.
 */
export const voices = `{
  const voice = { name: "Ada", lang: "en-US", localService: true, default: true };
  const synthesis = Object.assign(new EventTarget(), { getVoices: () => [voice], speak() {}, cancel() {}, pause() {}, resume() {} });
  Object.defineProperty(window, "speechSynthesis", { value: synthesis });
  window.SpeechSynthesisUtterance = class extends EventTarget { constructor(text) { super(); this.text = text; } };
  window.SpeechRecognition = class extends EventTarget {
    static async available() { return "available"; }
    start() {}
    stop() {}
    abort() {}
  };
  Object.defineProperty(SpeechRecognition.prototype, "processLocally", { value: false, writable: true });
}`;

/** Sets the visitor's clock a day ahead, so that what they have just asked was asked yesterday. */
export const tomorrow = `{
  const now = Date.now;
  Date.now = () => now() + 86_400_000;
  window.Date = class extends Date { constructor(...given) { given.length === 0 ? super(Date.now()) : super(...given); } };
}`;
