import { createAgentExperience, DEFAULT_WIDGET_CONFIG, markdownPostprocessor } from "@runtypelabs/persona";
import { expose } from "./page.ts";

const style = document.createElement("link");
style.rel = "stylesheet";
style.href = "/persona.css";
const host = document.createElement("div");
Object.assign(host.style, { width: "26em", height: "40em" });
document.head.append(style);
document.body.append(host);

const controller = createAgentExperience(host, {
  ...DEFAULT_WIDGET_CONFIG,
  apiUrl: "/persona",
  launcher: { enabled: false },
  postprocessMessage: ({ text }) => markdownPostprocessor(text),
  parseSSEEvent: (data) => {
    const { type, text } = Object(data);
    if (type === "step_delta") return { text };
    return type === "flow_complete" ? { done: true } : null;
  },
});

expose({
  start: () => controller.submitMessage("Go"),
  shown: () => host.textContent ?? "",
});
