import { expect, it } from "vitest";
import { openPglite } from "#core/postgres/pglite/open-pglite.ts";
import { pgliteWorker } from "../../../support/pglite-worker.ts";

// Elsewhere it would take the memory of the whole machine.
it("fails what takes all memory that WASM may have, and goes on", async () => {
  const engine = await openPglite({ worker: await pgliteWorker() });
  const session = await (await engine.createDatabase()).connect();
  const hoard =
    "DO $$ DECLARE a text[] := '{}'; BEGIN LOOP a := a || repeat('x', 100000000); END LOOP; END $$";
  await expect(session.execute(hoard)).rejects.toMatchObject({ sqlstate: "53200" });
  expect(await session.query("select 1")).toEqual([["1"]]);
  await engine.stop();
});
