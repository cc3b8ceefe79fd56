import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";

let requests = 0;
let answer: (response: ServerResponse) => void;
const github = createServer((_, response) => {
  requests++;
  answer(response);
});

beforeAll(async () => {
  await new Promise<void>((ready) => github.listen(0, "127.0.0.1", ready));
  // The address of the API is read when the client is loaded.
  process.env["GITHUB_API_URL"] = `http://127.0.0.1:${(github.address() as AddressInfo).port}`;
});
afterAll(async () => {
  delete process.env["GITHUB_API_URL"];
  github.closeAllConnections();
  await new Promise((done) => github.close(done));
});
beforeEach(() => {
  requests = 0;
});

const patient = { call: 5000, outage: 5000, waits: 5000 };

async function replies(limits: object) {
  const { connect } = await import("../../action/github/client.ts");
  const access = { token: "t", owner: "octo", repo: "shop", signal: new AbortController().signal };
  const client = await connect(access, { ...patient, ...limits });
  return [
    await client.get("/pulls/7"),
    await client.get("/pulls/7/files"),
    await client.graphql("query Viewer { viewer { login } }", {}),
  ];
}

it("a GitHub that says nothing is asked until the patience of the run is used up, and then no more", async () => {
  answer = () => {};
  const unanswered = expect.objectContaining({ ok: false, status: 0 });
  expect(await replies({ call: 100, outage: 1 })).toEqual([unanswered, unanswered, unanswered]);
  expect(requests).toBeLessThanOrEqual(1);
});

it("a GitHub that has every call wait is waited for once in a run, not once in a call", async () => {
  answer = (response) => response.writeHead(429, { "retry-after": "1" }).end('{"message":"slow down"}');
  const limited = expect.objectContaining({ ok: false, status: 429 });
  expect(await replies({ waits: 1500 })).toEqual([limited, limited, limited]);
  expect(requests).toBe(4);
});
