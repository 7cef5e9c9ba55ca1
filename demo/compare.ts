import "../widget/define.ts";

const chat = document.querySelector("rivulet-chat");
for (const choice of document.querySelectorAll<HTMLInputElement>("input[name=assistant]")) {
  choice.addEventListener("change", () => chat?.setAttribute("assistant", choice.value));
}
// Browsers can restore the choice after a reload.
const chosen = document.querySelector<HTMLInputElement>("input[name=assistant]:checked");
if (chosen) chat?.setAttribute("assistant", chosen.value);
