import { expect, it } from "vitest";
import { inputWords } from "../../action/input-words.ts";

it.each([
  ["start Docker, or use --engine embedded or pglite", "start Docker, or use engine: embedded or pglite"],
  ["such as --url postgres://…", "such as server-url: postgres://…"],
  [
    "  npm install --save-dev postgres-17  binaries\n  --engine docker  Docker",
    "  npm install --save-dev postgres-17  binaries\n  engine: docker  Docker",
  ],
  [
    "nothing was proved\n  --start-after <version>   the last\n  --last <n>, --base <ref>  or what comes after",
    "nothing was proved\n  start-after: <version>   the last",
  ],
])("flags become inputs: %j", (said, told) => {
  expect(inputWords(said)).toBe(told);
});
