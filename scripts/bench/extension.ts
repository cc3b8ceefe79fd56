/** What the extension costs in a real extension host: npm run bench:extension [newest|oldest] */
import { cpus, platform, totalmem } from "node:os";
import { hostNames } from "../../test/support/host/hosts.ts";
import { runSuite } from "../../test/support/host/run-suite.ts";
import { unpackedExtension } from "../../test/support/host/unpacked-extension.ts";
import { longHistory } from "./long-history.ts";

const host = hostNames.find((name) => name === process.argv[2]) ?? "newest";
const { folder, megabytes } = await unpackedExtension();

const results = await runSuite({
  host,
  extension: folder,
  entry: "test/extension/host/speed.ts",
  files: longHistory(),
});
const [cpu] = cpus();
console.log(
  `${platform()}, ${cpus().length} × ${cpu?.model}, ${Math.round(totalmem() / 2 ** 30)} GB; VS Code, ${host}; ${megabytes.toFixed(1)} MB`,
);
for (const { name, error } of results) console.log(error ?? name);
process.exitCode = results.some(({ error }) => error !== undefined) ? 1 : 0;
