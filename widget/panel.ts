// What the script tag loads when somebody is about to chat. Its name in the build is API: `panel.js`.
import { defineElement } from "./define-element.ts";

defineElement();
