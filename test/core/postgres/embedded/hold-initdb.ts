/** Makes a data folder in the cache that is given, and says so when it has begun: to be killed by the tests. */
import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { clusterTemplate, copyCluster } from "#core/postgres/embedded/cluster.ts";
import { serverIdentities } from "#core/postgres/embedded/identity.ts";
import { findInstallations } from "#core/postgres/embedded/open-embedded.ts";
import { makeRunnable } from "#core/postgres/embedded/runnable.ts";

const cache = process.argv[2] ?? "";
const [installation] = await findInstallations(18);
if (!installation) throw new Error("PostgreSQL 18 is not installed");
const runnable = await makeRunnable(installation, serverIdentities()[0], cache);
mkdirSync(join(cache, "run"));
setInterval(() => {
  const [unfinished] = readdirSync(join(cache, "clusters"));
  if (unfinished && readdirSync(join(cache, "clusters", unfinished)).includes("data"))
    process.stdout.write("begun\n");
}, 5);
await copyCluster(runnable, clusterTemplate(runnable, cache), join(cache, "run"), undefined);
