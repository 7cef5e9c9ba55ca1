// Opens the chat under the strictest policy, asks, and reports the result to the parent page.
void (() => {
  const violations = [];
  document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI, sample }) =>
    violations.push(`${violatedDirective} ${blockedURI} ${sample}`),
  );

  async function until(look) {
    for (;;) {
      const value = look();
      if (value) return value;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  async function run() {
    const chat = await until(() => document.querySelector("rivulet-chat"));
    const within = (selector) => chat.shadowRoot.querySelector(selector);
    within("[part=launcher]").click();
    const starter = await until(() => within(".starter"));
    starter.click();
    await until(() => within(".assistant.complete"));
    const field = within(".field");
    const shown = getComputedStyle(field).borderRadius !== "0px" && field.offsetHeight > 0;
    const answer = [...within("[part=answer]").children].map(({ textContent }) => textContent).join("\n\n");
    parent.postMessage({ violations, isStyled: shown, answer }, "*");
  }

  return run();
})();
