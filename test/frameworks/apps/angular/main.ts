import "@angular/compiler"; // links Angular's own packages, instead of a build step
import { bootstrapApplication } from "@angular/platform-browser";
import { App } from "./app.ts";

void bootstrapApplication(App);
