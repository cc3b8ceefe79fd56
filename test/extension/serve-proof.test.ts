import { expect, it } from "vitest";
import { builtInConfig } from "#core/config/resolve-config.ts";
import type { EngineChoice } from "#core/postgres/open-engine.ts";
import { EngineUnavailableError } from "#core/postgres/session.ts";
import type { ProofInput } from "../../extension/src/proof/methods.ts";
import { serveProof } from "../../extension/src/proof/serve-proof.ts";

const input: ProofInput = {
  folder: "migrations",
  files: [["migrations/1_a.up.sql", "SELECT 1;"]],
  config: { ...builtInConfig, layout: "golang-migrate" },
  engine: "embedded",
  cwd: "/home/a/project/migrations",
  foreseen: { findings: [] },
};

it.each(["prove", "proposeDown"])("%s looks for binaries where the project is", async (method) => {
  const chosen: EngineChoice[] = [];
  await new Promise((resolve) => {
    const onMessage = (listener: (message: unknown) => void) =>
      listener({ kind: "call", id: 1, method, input: { ...input, version: "1" } });
    serveProof({ post: resolve, onMessage }, async (choice) => {
      chosen.push(choice);
      throw new EngineUnavailableError("none");
    });
  });
  expect(chosen).toEqual([expect.objectContaining({ engine: "embedded", cwd: input.cwd })]);
});
