import { Console } from "node:console";
import { cyclonedxEsbuildPlugin } from "@cyclonedx/cyclonedx-esbuild";

/** Writes a CycloneDX list of the packages in a bundle beside it; the same bundle gives the same bytes. */
export function billOfMaterials() {
  // A test runner that puts its own console in place leaves this out, and the plugin wants it.
  console.Console ??= Console;
  return cyclonedxEsbuildPlugin({
    specVersion: "1.6",
    outputFile: "bom.json",
    outputReproducible: true,
    validate: false,
    logLevel: "silent",
  });
}
