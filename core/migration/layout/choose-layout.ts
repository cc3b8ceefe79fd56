import type { Detection } from "./detect-layout.ts";
import type { Layout } from "./layout.ts";
import { layouts } from "./layouts.ts";

export type ChosenLayout =
  | { readonly ok: true; readonly layout: Layout }
  /** `problem` is one sentence, `remedy` what to do. */
  | { readonly ok: false; readonly problem: string; readonly remedy: string };

/** The layout that the configuration names; for `auto` the one that the folder speaks for. */
export function chooseLayout(configured: string, detect: () => Detection): ChosenLayout {
  if (configured !== "auto") return named(configured);
  const detection = detect();
  if (detection.kind === "found") return named(detection.layout);
  const [first, second] = detection.layouts;
  return {
    ok: false,
    problem: `two layouts in one folder: ${first?.file} is ${first?.layout}, ${second?.file} is ${second?.layout}`,
    remedy: `move one of them to a folder of its own, or say which counts: "layout": "${first?.layout}"`,
  };
}

function named(name: string): ChosenLayout {
  const layout = layouts[name];
  if (layout) return { ok: true, layout };
  return {
    ok: false,
    problem: `there is no layout "${name}"`,
    remedy: `known: auto, ${Object.keys(layouts).join(", ")}`,
  };
}
