import type { Locator, Page } from "playwright-core";
import type { Scenario } from "../fault-server/index.ts";
import type { PictureStage } from "./picture-stage.ts";

/** A chat on a page, as a visitor has it in front of them. */
export interface Visit {
  page: Page;
  /** The chat's element. */
  chat: Locator;
  stage: PictureStage;
}

/** One picture, and how a visitor gets to what is on it. */
export interface Scene {
  /** A title, a full stop, and what there is to see. */
  caption: string;
  /** An assistant of the pictures' project. Default: `sillwatt`. */
  assistant?: string;
  /** Attributes of the script tag, without `data-`. */
  attributes?: Record<string, string>;
  /** The page's language. Default: `en`. */
  lang?: string;
  /** The page's own style sheet. */
  css?: string;
  /** What is on the page. Default: nothing. */
  body?: string;
  /** Default: 520 × 790, in which the popup is as high as it can be. */
  window?: { width: number; height: number; isPhone?: boolean };
  colorScheme?: "light" | "dark";
  forcedColors?: "active";
  /** What the model answers. */
  reply?: Scenario | readonly Scenario[];
  /** Runs before the page's scripts: a stand-in for what this browser lacks. */
  script?: string;
  /**
   * What the picture shows: the panel, its lower end, the launcher, the window, or the window down to the end of the
   * answer. Default: the panel.
   */
  shows?: "panel" | "composer" | "launcher" | "window" | "answer";
  /** What the visitor does, after the page has loaded. Default: opens the chat. */
  reach?(visit: Visit): Promise<unknown>;
}

/** Several pictures in one file of `docs/images/`. */
export interface Sheet {
  /** The name of the file, without `.webp`. */
  name: string;
  /** Without a title, the file shows only the pictures, without captions. */
  title?: string;
  /** Default: light gray. */
  background?: "dark";
  rows: readonly (readonly Scene[])[];
  /** Pixels of the file per pixel of the page. Default: 1. */
  scale?: number;
}
