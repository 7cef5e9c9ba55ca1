import { defineElement } from "./element/define-element.ts";

defineElement();
