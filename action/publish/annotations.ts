import { type AnnotationProperties, error, notice, warning } from "@actions/core";
import type { Annotation } from "#core/report/annotations.ts";

const print = { error, warning, notice };

/** Prints workflow commands; the runner turns them into remarks beside the lines. */
export function publishAnnotations(annotations: readonly Annotation[]): void {
  for (const { level, title, message, file, line, endLine, column, endColumn } of annotations) {
    const properties: AnnotationProperties = {
      title,
      file,
      startLine: line,
      endLine,
      ...(column === undefined ? {} : { startColumn: column }),
      ...(endColumn === undefined ? {} : { endColumn }),
    };
    print[level](message, properties);
  }
}
