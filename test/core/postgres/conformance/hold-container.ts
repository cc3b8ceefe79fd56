/** Starts a container of the image that is given, says so, and waits to be killed: run by the tests. */
import { openDocker } from "#core/postgres/docker/open-docker.ts";

const engine = await openDocker({ image: process.argv[2] ?? "" });
process.stdout.write(`${engine.name}\n`);
setInterval(() => {}, 60_000);
