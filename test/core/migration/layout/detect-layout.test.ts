import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { detectFolder } from "#core/migration/detect-folder.ts";
import { type Detection, detectLayout } from "#core/migration/layout/detect-layout.ts";
import { runnerSigns } from "#core/migration/layout/runner-files.ts";

const corpus = process.env.SWITCHBACK_CORPUS;

const cases: readonly [
  what: string,
  files: Record<string, string>,
  near: Record<string, string>,
  layout: string,
][] = [
  ["an empty folder", {}, {}, "golang-migrate"],
  ["pairs", { "1_a.up.sql": "", "1_a.down.sql": "" }, {}, "golang-migrate"],
  ["pairs in a Rust project", { "1_a.up.sql": "" }, { "Cargo.toml": "" }, "sqlx"],
  ["ups in a Rust project", { "1_a.sql": "" }, { "Cargo.toml": "" }, "sqlx"],
  ["pairs that are all misnamed", { "001_init_up.sql": "", "001_init_down.sql": "" }, {}, "golang-migrate"],
  ["pairs with a hyphen", { "1-init.up.sql": "", "1-init.down.sql": "" }, {}, "golang-migrate"],
  ["releases of Flyway's", { "1.0/V1__a.sql": "", "1.1/V2__b.sql": "" }, {}, "flyway"],
  ["pairs above something of Flyway's", { "1_a.up.sql": "", "f/V1__a.sql": "" }, {}, "golang-migrate"],
  [
    "pairs where golang-migrate is wanted beside Rust",
    { "1_a.up.sql": "" },
    { "go.mod": "require github.com/golang-migrate/migrate/v4 v4.18.0", "Cargo.toml": "" },
    "golang-migrate",
  ],
  ["ups below supabase", { "1_a.sql": "" }, { "supabase/config.toml": "" }, "supabase"],
  ["nothing yet in a Diesel project", {}, { "Cargo.toml": "", "diesel.toml": "" }, "diesel"],
  ["nothing yet in a Rust project", {}, { "Cargo.toml": "" }, "sqlx"],
  [
    "nothing yet where a crate wants diesel",
    {},
    { "Cargo.toml": '[dependencies]\ndiesel = { version = "2" }' },
    "diesel",
  ],
  ["ups where a crate wants refinery", { "1_a.sql": "" }, { "Cargo.toml": 'refinery = "0.8"' }, "plain"],
  ["downs beside Prisma's files", { "1_a/migration.sql": "", "1_a/down.sql": "" }, {}, "prisma"],
  ["nothing yet beside a Prisma schema", {}, { "schema.prisma": "" }, "prisma"],
  ["nothing yet in a Flyway project", {}, { "flyway.toml": "" }, "flyway"],
  ["nothing yet where Maven has Flyway", {}, { "pom.xml": "<artifactId>flyway-core</artifactId>" }, "flyway"],
  ["nothing yet beside dbconfig.yml", {}, { "dbconfig.yml": "" }, "sql-migrate"],
  ["nothing yet, GOOSE_DRIVER in .env", {}, { ".env": "A=1\nGOOSE_DRIVER=postgres\n" }, "goose"],
  [
    "nothing yet, DBMATE_MIGRATIONS_DIR in .envrc",
    {},
    { ".envrc": "export DBMATE_MIGRATIONS_DIR=db" },
    "dbmate",
  ],
  [
    "nothing yet, an .env of something else",
    {},
    { ".env": "# GOOSE_DRIVER=x\nMONGOOSE_URI=y" },
    "golang-migrate",
  ],
  [
    "nothing yet, goose in go.mod",
    {},
    { "go.mod": "require (\n\tgithub.com/pressly/goose/v3 v3.24.1\n)" },
    "goose",
  ],
  [
    "nothing yet, goose in go.mod for another's sake",
    {},
    { "go.mod": "require (\n\tgithub.com/pressly/goose/v3 v3.24.1 // indirect\n)" },
    "golang-migrate",
  ],
  [
    "nothing yet, Atlas that writes for goose",
    {},
    { "atlas.hcl": 'env "x" {\n migration { dir = "file://m?format=goose" }\n}' },
    "goose",
  ],
  [
    "nothing yet beside node-pg-migrate",
    {},
    { "package.json": '{"devDependencies": {"node-pg-migrate": "^8"}}' },
    "node-pg-migrate",
  ],
  [
    "files without a mark beside node-pg-migrate",
    { "1706700000000_a.sql": "SELECT 1;" },
    { "package.json": '{"dependencies": {"node-pg-migrate": "^8"}}' },
    "node-pg-migrate",
  ],
  [
    "pairs beside node-pg-migrate",
    { "1_a.up.sql": "", "2_b.sql": "" },
    { "package.json": '{"dependencies": {"node-pg-migrate": "^8"}}' },
    "golang-migrate",
  ],
  [
    "pairs in a project that has a Prisma schema",
    { "1_a.up.sql": "" },
    { "prisma/schema.prisma": "" },
    "golang-migrate",
  ],
  [
    "ups beside Drizzle's journal",
    { "0000_a.sql": "" },
    { "meta/_journal.json": '{ "dialect": "postgresql" }' },
    "drizzle",
  ],
  [
    "ups beside a journal of SQLite",
    { "0000_a.sql": "" },
    { "meta/_journal.json": '{ "dialect": "sqlite" }' },
    "plain",
  ],
  [
    "ups that Drizzle cut",
    { "0000_a.sql": "", "0001_b.sql": "A;--> statement-breakpoint\nB;" },
    {},
    "drizzle",
  ],
  [
    "ups that Drizzle writes and Supabase applies",
    { "0000_a.sql": "A;--> statement-breakpoint\nB;" },
    { "supabase/config.toml": "", "meta/_journal.json": '{ "dialect": "postgresql" }' },
    "supabase",
  ],
  ["folders of Prisma", { "20240101000000_a/migration.sql": "" }, {}, "prisma"],
  [
    "folders of Drizzle 1.0",
    { "20240101000000_a/migration.sql": "A;--> statement-breakpoint\nB;" },
    {},
    "drizzle-folders",
  ],
  [
    "folders in a Drizzle project",
    { "20240101000000_a/migration.sql": "" },
    { "drizzle.config.ts": "" },
    "drizzle-folders",
  ],
  [
    "folders of Prisma beside something of Drizzle's",
    { "20240101000000_a/migration.sql": "" },
    { "migration_lock.toml": "", "drizzle.config.ts": "" },
    "prisma",
  ],
  ["nothing yet in a Drizzle project", {}, { "drizzle.config.ts": "" }, "drizzle"],
  ["ups alone", { "001_a.sql": "", "002_b.sql": "" }, {}, "plain"],
  ["bare numbers", { "1.sql": "", "2.sql": "" }, {}, "plain"],
  ["one stray file among pairs", { ...many(10), "99_x.sql": "-- +goose Up" }, {}, "golang-migrate"],
  ["goose sections", { "1_a.sql": "-- x\n-- +goose Up\n" }, {}, "goose"],
  ["dialect suffixes", { "1_a.up.sql": "", "1_a.down.sql": "", "2_a.mysql.up.sql": "" }, {}, "ory"],
];

describe("detectLayout", () => {
  it.each(cases)("%s", (_what, files, near, layout) => {
    expect(detect(files, near)).toMatchObject({ kind: "found", layout });
  });

  it("refuses a folder in two layouts and names a file of each", () => {
    expect(detect({ "V1__a.sql": "", "V2__b.sql": "", "1_a.up.sql": "", "1_a.down.sql": "" })).toEqual({
      kind: "mixed",
      layouts: [
        { layout: "flyway", file: "V1__a.sql" },
        { layout: "golang-migrate", file: "1_a.up.sql" },
      ],
    });
  });

  it("reads what stands near the folder, and variables that the shell has", () => {
    const root = mkdtempSync(join(tmpdir(), "switchback-detect-"));
    const folder = join(root, "db/migrations");
    try {
      mkdirSync(folder, { recursive: true });
      mkdirSync(join(root, ".git"));
      expect(detectFolder(folder, "m")).toMatchObject({ layout: "golang-migrate" });
      vi.stubEnv("DBMATE_MIGRATIONS_DIR", "db/migrations");
      expect(detectFolder(folder, "m")).toMatchObject({ layout: "dbmate" });
      vi.unstubAllEnvs();
      writeFileSync(join(root, "go.mod"), "require github.com/pressly/goose/v3 v3.24.1\n");
      expect(detectFolder(folder, "m")).toMatchObject({ layout: "goose", evidence: "goose in go.mod" });
    } finally {
      vi.unstubAllEnvs();
      rmSync(root, { recursive: true });
    }
  });

  it("takes a Go module in a Rust workspace for a project of its own", () => {
    const root = mkdtempSync(join(tmpdir(), "switchback-detect-"));
    const folder = join(root, "service/migrations");
    try {
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, "1_a.up.sql"), "");
      writeFileSync(join(root, "Cargo.toml"), "[workspace]\n");
      expect(detectFolder(folder, "m")).toMatchObject({ layout: "sqlx" });
      writeFileSync(join(root, "service/go.mod"), "module service\n");
      expect(detectFolder(folder, "m")).toMatchObject({ layout: "golang-migrate" });
    } finally {
      rmSync(root, { recursive: true });
    }
  });

  it("takes Supabase's configuration for a word about the folder beside it alone", () => {
    const root = mkdtempSync(join(tmpdir(), "switchback-detect-"));
    const write = (file: string) => {
      mkdirSync(join(root, file, ".."), { recursive: true });
      writeFileSync(join(root, file), "");
    };
    try {
      for (const file of ["config.toml", "migrations/20240101000000_a.sql"]) write(`supabase/${file}`);
      for (const file of ["1_a.up.sql", "1_a.down.sql"]) write(`services/a/migrations/${file}`);
      expect(detectFolder(join(root, "supabase/migrations"), "m")).toMatchObject({ layout: "supabase" });
      expect(detectFolder(join(root, "services/a/migrations"), "m")).toMatchObject({
        layout: "golang-migrate",
      });
    } finally {
      rmSync(root, { recursive: true });
    }
  });

  it.skipIf(!corpus)("knows the layout of every real folder (SWITCHBACK_CORPUS)", () => {
    const wrong: string[] = [];
    for (const { name, layout } of manifest()) {
      const found = detectFolder(join(corpus ?? "", "sets", name), name);
      const told = found.kind === "found" ? found.layout : found.kind;
      if (told !== (without[layout] ?? layout)) wrong.push(`${name}: ${told} instead of ${layout}`);
    }
    expect(wrong).toEqual([]);
  });
});

/** Told by the runner's own files, which are not among the folders' copies. */
const without: Readonly<Record<string, string>> = {
  sqlx: "golang-migrate",
  "sqlx-up": "plain",
  supabase: "plain",
};

function manifest(): { name: string; layout: string }[] {
  const path = join(corpus ?? "", "manifest.json");
  return existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : [];
}

function detect(files: Record<string, string>, near: Record<string, string> = {}): Detection {
  return detectLayout(
    Object.entries(files).map(([name, text]) => ({ path: name, name, text: () => text })),
    Object.entries(near).flatMap(([name, text]) => runnerSigns(name, text)),
  );
}

function many(count: number): Record<string, string> {
  return Object.fromEntries(Array.from({ length: count }, (_, i) => [`${i + 1}_a.up.sql`, ""]));
}
