/** Makes a data folder in the cache that is given, and says so when it has begun: to be killed by the tests. */
import { chmodSync, existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { clusterTemplate, copyCluster } from "#core/postgres/embedded/cluster.ts";
import { serverIdentities } from "#core/postgres/embedded/identity.ts";
import { findInstallations } from "#core/postgres/embedded/open-embedded.ts";
import { makeRunnable } from "#core/postgres/embedded/runnable.ts";

/** An initdb that never ends: the real one may be done before the tests come to kill it. */
const initdb = "#!/bin/sh\nmkdir data && cd data && touch begun && exec sleep 600\n";

const cache = process.argv[2] ?? "";
const [installation] = await findInstallations(18);
if (!installation) throw new Error("PostgreSQL 18 is not installed");
const runnable = await makeRunnable(installation, serverIdentities()[0], cache);
const bin = join(cache, "bin");
for (const folder of [bin, join(cache, "run")]) mkdirSync(folder);
writeFileSync(join(bin, "initdb"), initdb);
for (const path of [bin, join(bin, "initdb")]) chmodSync(path, 0o755);
const clusters = join(cache, "clusters");
setInterval(() => {
  const [unfinished] = existsSync(clusters) ? readdirSync(clusters) : [];
  if (unfinished && existsSync(join(clusters, unfinished, "data/begun"))) process.stdout.write("begun\n");
}, 5);
await copyCluster({ ...runnable, bin }, clusterTemplate(runnable, cache), join(cache, "run"), undefined);
