import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { detectFolder } from "#core/migration/detect-folder.ts";
import { chooseLayout } from "#core/migration/layout/choose-layout.ts";
import { readFolder } from "#core/migration/read-folder.ts";
import { readMigrations } from "#core/migration/read-migrations.ts";
import { openEmbedded } from "#core/postgres/embedded/open-embedded.ts";
import type { VerdictStatus } from "#core/report/model.ts";
import { proveMigrations } from "#core/roundtrip/prove-migrations.ts";
import { EngineHolder } from "./engine-holder.ts";
import folders from "./layout-folders.json" with { type: "json" };
import { corpus } from "./truth.ts";

/** A real folder of a layout, run on PostgreSQL as its runner would run it. */
interface LayoutFolder {
  readonly name: string;
  /** What the folder is recognised as. */
  readonly layout: string;
  /** Nothing in the copied folder tells its runner, so the configuration has to. */
  readonly configured?: boolean;
  /** What the folder expects to exist: a file in test/roundtrip/preludes. */
  readonly prelude?: string;
  /** How many come out with which verdict. */
  readonly verdicts: Readonly<Partial<Record<VerdictStatus, number>>>;
  /** Why those are what they are that are neither reversible nor without a down; by verdict. */
  readonly reasons: Readonly<Partial<Record<VerdictStatus, string>>>;
}

describe("a real folder of each layout on PostgreSQL 18", () => {
  if (!corpus) {
    it.skip("real folders (SWITCHBACK_CORPUS is not set)");
    return;
  }
  const root = corpus;
  for (const folder of folders as readonly LayoutFolder[])
    it(`${folder.layout}: ${folder.name}`, async () => {
      expect(await proved(join(root, "sets", folder.name), folder)).toEqual({
        layout: folder.layout,
        verdicts: folder.verdicts,
      });
    }, 600_000);
});

async function proved(path: string, folder: LayoutFolder) {
  // Roles outlive a database: each folder has a server of its own.
  const engines = new EngineHolder(() => openEmbedded({ major: 18 }));
  try {
    return await verdictsOf(path, folder, engines);
  } finally {
    await engines.stop();
  }
}

async function verdictsOf(
  path: string,
  { prelude, layout: name, configured }: LayoutFolder,
  engines: EngineHolder,
) {
  const chosen = chooseLayout(configured ? name : "auto", () => detectFolder(path, ""));
  if (!chosen.ok) throw new Error(chosen.problem);
  const { layout } = chosen;
  const files = readFolder(path, "", layout);
  if (!files.ok) throw new Error(files.code);
  const verdicts: Partial<Record<VerdictStatus, number>> = {};
  const proof = proveMigrations({
    migrations: readMigrations("", files.files, layout).migrations,
    layout: layout.name,
    engine: await engines.current(),
    reopen: engines.reopen,
    prelude: prelude === undefined ? undefined : preludeFile(prelude),
    timeoutMs: 60_000,
  });
  for (;;) {
    const { value, done } = await proof.next();
    if (done) {
      if (value) throw new Error(`the prelude fails: ${value.message}`);
      return { layout: layout.name, verdicts };
    }
    const { status } = value.verdict;
    verdicts[status] = (verdicts[status] ?? 0) + 1;
  }
}

function preludeFile(name: string) {
  const path = join(import.meta.dirname, "preludes", name);
  return { path, text: readFileSync(path, "utf8"), bom: false };
}
