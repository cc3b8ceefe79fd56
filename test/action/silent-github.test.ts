import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, it } from "vitest";

let requests = 0;
const silent = createServer(() => {
  requests++;
});

beforeEach(async () => {
  await new Promise<void>((ready) => silent.listen(0, "127.0.0.1", ready));
  process.env["GITHUB_API_URL"] = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
});
afterEach(async () => {
  delete process.env["GITHUB_API_URL"];
  silent.closeAllConnections();
  await new Promise((done) => silent.close(done));
});

it("a GitHub that says nothing is asked until the patience of the run is used up, and then no more", async () => {
  // The address of the API is read when the client is loaded.
  const { connect } = await import("../../action/github/client.ts");
  const access = { token: "t", owner: "octo", repo: "shop", signal: new AbortController().signal };
  const client = connect(access, { call: 100, outage: 1 });
  const unanswered = { ok: false, status: 0 };
  expect(await client.get("/pulls/7")).toMatchObject(unanswered);
  expect(await client.get("/pulls/7/files")).toMatchObject(unanswered);
  expect(await client.graphql("query Viewer { viewer { login } }", {})).toMatchObject(unanswered);
  expect(requests).toBeLessThanOrEqual(1);
});
