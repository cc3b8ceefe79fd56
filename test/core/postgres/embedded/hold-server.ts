/** Starts a server, says where it is, and waits to be killed. Run by the tests through scripts/run.mjs. */
import { openEmbedded } from "#core/postgres/embedded/open-embedded.ts";

const engine = await openEmbedded({ major: 18 });
const database = await engine.createDatabase();
const session = await database.connect();
const [row] = await session.query("select current_setting('data_directory')");
process.stdout.write(`${row?.[0]}\n`);
process.on("SIGTERM", () => void engine.stop().then(() => process.exit(0)));
await session.execute("select pg_sleep(600)").catch(() => {});
