import { execFileSync, spawn } from "node:child_process";
import {
  closeSync,
  existsSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import { reportSchema } from "#core/report/json-schema.ts";
import { clean, finished, folderWith, locking, start, switchback } from "./cli.ts";

describe("exit codes", () => {
  test.each<[name: string, files: Record<string, string>, args: string[], code: number]>([
    ["a clean folder", clean, [], 0],
    ["an error", locking, [], 1],
    ["an error that is forgiven", locking, ["--fail-on", "never"], 0],
    [
      "a warning below the threshold",
      { ...locking, "switchback.jsonc": '{ "rules": { "require-concurrent-index": "warning" } }' },
      [],
      0,
    ],
    [
      "a warning at the threshold",
      {
        ...locking,
        "switchback.jsonc": '{ "rules": { "require-concurrent-index": "warning" }, "failOn": "warning" }',
      },
      [],
      1,
    ],
    [
      "a flag that beats the file",
      { ...locking, "switchback.jsonc": '{ "failOn": "never" }' },
      ["--fail-on", "error"],
      1,
    ],
    [
      "a rule that is off",
      { ...locking, "switchback.jsonc": '{ "rules": { "require-concurrent-index": "off" } }' },
      [],
      0,
    ],
    ["a syntax error", { ...clean, "migrations/000002_a.up.sql": "CREATE TABEL a;" }, [], 1],
  ])("%s", async (_, files, args, code) => {
    const result = await switchback(["lint", "migrations", ...args], folderWith(files));
    expect(result).toMatchObject({ code, stderr: "" });
  });
});

test("the bundle too says what a syntax error expected", async () => {
  const files = {
    "migrations/000001_a.up.sql": "ALTER TABLE a ADD CONSTRAINT x FORIEGN KEY (b) REFERENCES c (d);",
  };
  const { stdout } = await switchback(["lint", "migrations"], folderWith(files));
  expect(stdout).toContain("expected CHECK, FOREIGN, UNIQUE or PRIMARY: did you mean FOREIGN?");
});

describe("where no folder was named and there is no migrations/, the only one is looked at", () => {
  const flyway = (folder: string) => ({
    [`${folder}/V1__a.sql`]: "CREATE TABLE a (id bigint PRIMARY KEY);\n",
  });
  test.each<[repository: string, files: Record<string, string>, found: string]>([
    [
      "Spring Boot",
      {
        ...flyway("src/main/resources/db/migration"),
        ...flyway("src/test/resources/db/migration"),
        ...flyway("target/classes/db/migration"),
        ...flyway("bin/main/db/migration"),
      },
      "src/main/resources/db/migration is the only one that holds",
    ],
    [
      "Go",
      { ...flyway("internal/db/migrations"), ...flyway("vendor/x/migrations") },
      "internal/db/migrations is the only one that holds",
    ],
    ["the folder itself", flyway("."), "this one holds"],
  ])("%s", async (_, files, found) => {
    expect(await switchback(["lint"], folderWith(files))).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("1 migration read"),
      stderr: `there is no folder migrations, and ${found} migrations\n`,
    });
  });
});

describe("bad input is one clear sentence and exit code 2", () => {
  test.each<[name: string, args: string[], files: Record<string, string>, message: string | RegExp]>([
    [
      "a folder that does not exist",
      ["check", "absent"],
      clean,
      "switchback: cannot look at absent: it does not exist\n  migrations were found in migrations\n",
    ],
    [
      "a folder that is not there, and no other",
      ["lint"],
      { "readme.md": "" },
      'switchback: cannot look at migrations: it does not exist\n  name the migration folder, or set "migrations" in switchback.jsonc\n',
    ],
    [
      "a file instead of a folder",
      ["check", "migrations/000001_users.up.sql"],
      clean,
      "switchback: migrations/000001_users.up.sql is a file, and check wants a migration folder\n  switchback check migrations\n  switchback lint migrations/000001_users.up.sql\n",
    ],
    [
      "a folder without migrations",
      ["lint", "."],
      { "readme.md": "" },
      /^switchback: \. holds no golang-migrate migration\n/,
    ],
    [
      "a folder without migrations beside one that has them",
      ["lint", "."],
      { "readme.md": "", "db/000001_a.up.sql": "" },
      /^switchback: \. holds no golang-migrate migration\n.*\n {2}migrations were found in db\n/,
    ],
    [
      "a folder above one that has them, beside many others",
      ["lint", "b"],
      Object.fromEntries(["a", "c", "d", "e", "b/db"].map((folder) => [`${folder}/000001_a.up.sql`, ""])),
      "switchback: b itself holds no migration\n  migrations were found in b/db\n",
    ],
    [
      "several folders, none of which was named",
      ["check"],
      Object.fromEntries(
        ["a", "b", "c", "d"].map((name) => [`services/${name}/migrations/000001_a.up.sql`, ""]),
      ),
      'switchback: cannot look at migrations: it does not exist\n  migrations were found in services/a/migrations, services/b/migrations, services/c/migrations and 1 more\n  name the migration folder, or set "migrations" in switchback.jsonc\n',
    ],
    [
      "a folder for each kind of database",
      ["lint"],
      Object.fromEntries(
        ["h2", "postgresql"].map((name) => [
          `services/a/src/main/resources/db/migration/${name}/V1__a.sql`,
          "",
        ]),
      ),
      /\n {2}migrations were found in services\/a\/src\/main\/resources\/db\/migration\/h2, \S+\/postgresql\n {2}name the migration folder, or set "migrations"/,
    ],
    [
      "migrations of Rails, none of which was named",
      ["check"],
      { "db/migrate/20240131120000_create_users.rb": "" },
      /it does not exist\n {2}db\/migrate\/20240131120000_create_users\.rb is a program, and only SQL is read: /,
    ],
    [
      "a folder that the configuration names and that is not there, beside another",
      ["lint"],
      { ...clean, "switchback.jsonc": '{ "migrations": "db" }' },
      'switchback: cannot look at db: it does not exist\n  "migrations" in switchback.jsonc:1:3\n  migrations were found in migrations\n',
    ],
    [
      "an output without a name",
      ["lint", "--output", ""],
      clean,
      "switchback: --output wants the name of a file\n",
    ],
    [
      "a folder whose migrations are programs that can print their SQL",
      ["lint", "shop"],
      { "shop/0001_initial.py": "" },
      /^switchback: shop holds no golang-migrate migration\n {2}0001_initial.py is a program, .*\n {4}Django +python manage.py sqlmigrate /,
    ],
    [
      "a folder whose migrations are other programs",
      ["lint", "db"],
      { "db/20240131120000-users.js": "" },
      /\n {2}20240131120000-users.js is a program, and only SQL is read: write what its log shows into SQL files\n/,
    ],
    [
      "a file that is no SQL",
      ["check", "readme.md"],
      { "readme.md": "", "db/000001_a.up.sql": "" },
      "switchback: readme.md is a file, and check wants a migration folder\n  migrations were found in db\n",
    ],
    [
      "a word of several rules",
      ["explain", "drop"],
      clean,
      /^switchback: there is no rule "drop": .*drop-column, .*drop-table/,
    ],
    [
      "a flag that was put into the configuration",
      ["lint"],
      { ...clean, "switchback.jsonc": '{ "only": ["1"] }' },
      'switchback: switchback.jsonc:1:3: unknown key "only": it is the flag --only\n',
    ],
    ["two folders", ["lint", "a", "b"], { "a/x": "", "b/x": "" }, /^switchback: a and b are two folders/],
    [
      "a line that is drawn past the newest migration",
      ["check", "--start-after", "20"],
      clean,
      "switchback: --start-after 20 is past the newest migration, 000001_users, so nothing is checked\n",
    ],
    [
      "the same line in the configuration",
      ["roundtrip"],
      { ...clean, "switchback.jsonc": '{ "startAfter": "000002" }' },
      'switchback: startAfter 000002 is past the newest migration, 000001_users, so nothing is checked\n  "startAfter" in switchback.jsonc:1:3\n',
    ],
    [
      "a flag of other commands",
      ["lint", "--last", "3"],
      clean,
      "switchback: unknown option '--last': it belongs to check, roundtrip\n",
    ],
    [
      "an unknown flag",
      ["lint", "--fail-om", "never"],
      clean,
      /^switchback: unknown option '--fail-om'\n.*--fail-on/,
    ],
    ["a bad value", ["lint", "--postgres", "12"], clean, /--postgres wants 15, 16, 17 or 18, not "12"/],
    [
      "a format that is none",
      ["lint", "--format", "xml"],
      clean,
      /^switchback: --format wants .*terminal.*, not "xml"\n/,
    ],
    [
      "a number that is none",
      ["roundtrip", "--timeout", "soon"],
      clean,
      /--timeout wants a number from 1 to 86400, not "soon"/,
    ],
    [
      "a bad key in the configuration",
      ["lint"],
      { ...clean, "switchback.jsonc": '{\n  "postgers": 16\n}' },
      'switchback: switchback.jsonc:2:3: unknown key "postgers": did you mean "postgres"?\n',
    ],
    [
      "a misspelt rule in the configuration",
      ["lint"],
      { ...clean, "switchback.jsonc": '{ "rules": { "require-concurent-index": "off" } }' },
      /switchback.jsonc:1:14: unknown rule "require-concurent-index": did you mean "require-concurrent-index"\?/,
    ],
    [
      "a configuration that is not there",
      ["lint", "--config", "x.jsonc"],
      clean,
      "switchback: x.jsonc: there is no such file\n",
    ],
    [
      "a version that is not there",
      ["check", "--only", "7"],
      clean,
      "switchback: migrations has no version 7, it has 000001 alone\n",
    ],
    [
      "a prelude that is not there",
      ["check", "--prelude", "p.sql"],
      clean,
      "switchback: cannot read the prelude p.sql: it does not exist\n",
    ],
    [
      "a prelude of the configuration that is not there",
      ["check"],
      { ...clean, "switchback.jsonc": '{\n  "prelude": "p.sql"\n}' },
      'switchback: cannot read the prelude p.sql: it does not exist\n  "prelude" in switchback.jsonc:2:3\n',
    ],
    [
      "a prelude that a flag names over the configuration",
      ["check", "--prelude", "q.sql"],
      { ...clean, "switchback.jsonc": '{ "prelude": "p.sql" }' },
      "switchback: cannot read the prelude q.sql: it does not exist\n",
    ],
    [
      "a header of the configuration that is not there",
      ["new", "x"],
      { ...clean, "switchback.jsonc": '{ "header": "h.sql" }' },
      'switchback: cannot read the header h.sql: it does not exist\n  "header" in switchback.jsonc:1:3\n',
    ],
    [
      "a configuration in YAML",
      ["lint"],
      { ...clean, "switchback.jsonc": "migrations: db\n" },
      'switchback: switchback.jsonc:1:1: the configuration is one object: { "migrations": "db/migrations" }\n',
    ],
    [
      "a configuration that is a folder",
      ["lint", "--config", "migrations"],
      clean,
      "switchback: migrations: it is a folder, and the configuration is a file\n",
    ],
    [
      "standard input",
      ["lint", "-"],
      clean,
      /^switchback: standard input is no file of a migration folder: .*\n.*switchback new "its title" --from -\n$/,
    ],
    [
      "a title without quotes",
      ["new", "add", "user", "status"],
      clean,
      /^switchback: too many arguments.*\n {2}a title of several words wants quotes: switchback new "add user status"\n$/,
    ],
    [
      "a version that only the rules know",
      ["check", "--postgres", "13"],
      clean,
      'switchback: --postgres wants 15, 16, 17 or 18, not "13"; rules can judge for an older one: --target 13\n',
    ],
    [
      "a flag that nobody has",
      ["check", "--pg"],
      clean,
      "switchback: unknown option '--pg'\n  switchback check --help   shows examples\n",
    ],
    [
      "a proof that is off, and more of it",
      ["check", "--round-trip", "off", "--locks"],
      clean,
      "switchback: --locks is about the proof, and --round-trip off leaves it out\n  give one of them\n",
    ],
    [
      "an image for an engine that takes none",
      ["roundtrip", "--engine", "pglite", "--image", "postgis/postgis:17-3.5"],
      clean,
      "switchback: --image is for the engine docker, and --engine pglite was asked for\n  give one of them\n",
    ],
    [
      "the version as a command",
      ["version"],
      clean,
      "switchback: the version is a flag: switchback --version\n",
    ],
    [
      "a ref outside of git",
      ["lint", "--base", "main"],
      clean,
      "switchback: cannot compare with main: migrations is not in a git work tree\n",
    ],
    ["an SQLSTATE of no migration", ["explain", "08P01"], clean, /^switchback: 08P01 is not an SQLSTATE/],
    [
      "half an SQLSTATE",
      ["explain", "42P0"],
      clean,
      /an SQLSTATE has five letters and digits, such as 42P01\n$/,
    ],
    ["an unknown rule", ["explain", "down-ordre"], clean, /^switchback: there is no rule "down-ordre"/],
    [
      "an output that cannot be written",
      ["lint", "--output", "absent/x"],
      clean,
      "switchback: cannot write absent/x: its folder does not exist\n  mkdir -p absent\n",
    ],
  ])("%s", async (_, args, files, message) => {
    const result = await switchback(args, folderWith(files));
    expect({ code: result.code, stdout: result.stdout }).toEqual({ code: 2, stdout: "" });
    if (typeof message === "string") expect(result.stderr).toBe(message);
    else expect(result.stderr).toMatch(message);
  });
});

test.each(["switchback.json", ".switchback.jsonc", "switchback.yml", "switchback.config.ts"])(
  "a configuration that is called %s is not passed over without a word",
  async (name) => {
    const { code, stderr } = await switchback(["lint"], folderWith({ ...clean, [name]: "{}" }));
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: `${name} is not read: the configuration is called switchback.jsonc\n`,
    });
  },
);

describe("files that are hard to read", () => {
  test("are a finding each, and the rest goes on", async () => {
    const folder = folderWith({
      ...locking,
      "migrations/000003_latin.up.sql": Uint8Array.of(0x2d, 0x2d, 0xe9, 0x0a),
      "migrations/000003_latin.down.sql": "SELECT 1;",
      "migrations/000004_nul.up.sql": "SELECT 1;\0",
      "migrations/000004_nul.down.sql": "SELECT 1;",
      "migrations/000005_bom.up.sql": "\ufeffSELECT 1;",
      "migrations/000005_bom.down.sql": "SELECT 1;",
    });
    writeFileSync(join(folder, "migrations/000006_loop.down.sql"), "SELECT 1;");
    symlinkSync("loop.up.sql", join(folder, "migrations/000006_loop.up.sql"));
    symlinkSync("000006_loop.up.sql", join(folder, "migrations/loop.up.sql"));
    const { code, stdout } = await switchback(["lint", "migrations", "--format", "json"], folder);
    expect(code).toBe(1);
    const findings: { rule: string; file: string }[] = JSON.parse(stdout).findings;
    const of = (file: string) => findings.filter((it) => it.file.includes(file)).map((it) => it.rule);
    expect(of("000003_latin.up")).toContain("unreadable-file");
    expect(of("000004_nul.up")).toContain("unreadable-file");
    expect(of("000006_loop.up")).toContain("unreadable-file");
    // It is there: that it could not be read is all that is wrong with it.
    expect(findings.map(({ rule }) => rule)).not.toContain("missing-up");
    expect(of("000005_bom.up")).toContain("unreadable-file");
    expect(of("000002_index.up")).toContain("require-concurrent-index");
  });
});

describe("output", () => {
  const schema = new Ajv({ strict: true, allowUnionTypes: true }).compile(reportSchema);

  test("JSON is what its schema says, and stable", async () => {
    const folder = folderWith(locking);
    const [first, second] = await Promise.all(
      [1, 2].map(async () => JSON.parse((await switchback(["lint", "--format", "json"], folder)).stdout)),
    );
    expect(schema(first), JSON.stringify(schema.errors)).toBe(true);
    const { ms: _, ...summary } = first.summary;
    expect({ ...second, summary: { ...second.summary, ms: undefined } }).toEqual({
      ...first,
      summary: { ...summary, ms: undefined },
    });
  });

  test("goes to a file whole, and then not to the screen", async () => {
    const folder = folderWith(locking);
    const result = await switchback(["lint", "--format", "json", "--output", "report.json"], folder, {
      FORCE_COLOR: "1",
    });
    expect(result).toEqual({ code: 1, stdout: "", stderr: "" });
    expect(JSON.parse(readFileSync(join(folder, "report.json"), "utf8")).findings).toHaveLength(1);
    expect(readdirSync(folder).sort()).toEqual(["migrations", "report.json"]);
  });

  test.skipIf(process.platform === "win32")("a device or a pipe stays what it is", async () => {
    const folder = folderWith(locking);
    const args = ["lint", "--format", "json", "--output"];
    const printed = await switchback([...args, "/dev/fd/1"], folder);
    expect(JSON.parse(printed.stdout).findings).toHaveLength(1);
    execFileSync("mkfifo", ["pipe"], { cwd: folder });
    const reader = finished(spawn("cat", ["pipe"], { cwd: folder }));
    const result = await switchback([...args, "pipe"], folder);
    expect(result).toEqual({ code: 1, stdout: "", stderr: "" });
    expect(JSON.parse((await reader).stdout).findings).toHaveLength(1);
    expect(lstatSync(join(folder, "pipe")).isFIFO()).toBe(true);
  });

  test.skipIf(!existsSync("/dev/full"))("a disk that is full is no bug of ours", async () => {
    const full = openSync("/dev/full", "w");
    const main = fileURLToPath(new URL("../../scripts/switchback.mjs", import.meta.url));
    const child = spawn(process.execPath, [main, "rules"], { stdio: ["ignore", full, "pipe"] });
    expect(await finished(child)).toMatchObject({
      code: 2,
      stderr: "switchback: cannot print: the disk is full\n",
    });
    closeSync(full);
  });

  test("is plain when piped, coloured when forced, and NO_COLOR wins", async () => {
    const folder = folderWith(locking);
    const colored = async (environment: NodeJS.ProcessEnv) =>
      (await switchback(["lint"], folder, environment)).stdout.includes("\u001b[");
    expect(await colored({})).toBe(false);
    expect(await colored({ FORCE_COLOR: "1" })).toBe(true);
    expect(await colored({ FORCE_COLOR: "0" })).toBe(false);
    expect(await colored({ FORCE_COLOR: "1", NO_COLOR: "1" })).toBe(false);
  });

  test("a reader that goes away is no error", async () => {
    const many = Object.fromEntries(
      Array.from({ length: 400 }, (_, index) => [
        `migrations/${String(index + 2).padStart(6, "0")}_i.up.sql`,
        `CREATE INDEX i${index} ON users (name);\n`,
      ]),
    );
    const child = start(["lint", "migrations"], folderWith({ ...clean, ...many }));
    child.stdout?.once("data", () => child.stdout?.destroy());
    const { code, stderr } = await finished(child);
    expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
  });

  test("looks at single files knowing the whole folder", async () => {
    const folder = folderWith({ ...locking, "migrations/000003_x.up.sql": "CREATE TABEL x;" });
    const { stdout, code } = await switchback(
      ["lint", "migrations/000002_index.up.sql", "--format", "json"],
      folder,
    );
    expect(code).toBe(1);
    expect(JSON.parse(stdout).findings.map((it: { rule: string }) => it.rule)).toEqual([
      "require-concurrent-index",
    ]);
  });
});

describe("help", () => {
  test.each(["check", "lint", "roundtrip", "rules", "explain"])("of %s has examples", async (command) => {
    const { code, stdout, stderr } = await switchback([command, "--help"], "/");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toContain("Examples:");
    expect(stdout).toContain(`switchback ${command}`);
  });

  test("is what the bare name prints, as a mistake", async () => {
    const { code, stderr } = await switchback([], "/");
    expect(code).toBe(2);
    expect(stderr).toContain("Usage: switchback");
  });

  test("lists the commands within 80 columns", async () => {
    const { stdout } = await switchback(["--help"], "/");
    const [list = ""] = stdout.split("\nCommands:\n")[1]?.split("\nExamples:\n") ?? [];
    expect(list).toContain("rename <version> <title> [dir]");
    expect(list.split("\n").filter((line) => line.length > 80)).toEqual([]);
  });

  test("is offered where a flag is missing", async () => {
    const { code, stderr } = await switchback(["convert", "out"], "/");
    expect(code).toBe(2);
    expect(stderr).toContain("switchback convert --help   shows examples");
  });

  test.each([
    [["chekc"], "did you mean check?"],
    [["help", "chekc"], "did you mean check?"],
    [["chekc", "--help"], "did you mean check?"],
    [["help", "migrations"], "switchback --help lists them all"],
  ])("%j names no command", async (args, guess) => {
    const { code, stdout, stderr } = await switchback(args, "/");
    const asked = args.find((word) => !/help/.test(word));
    expect({ code, stdout, stderr }).toEqual({
      code: 2,
      stdout: "",
      stderr: `switchback: there is no command "${asked}": ${guess}\n`,
    });
  });

  test("the version is the package's", async () => {
    const { code, stdout } = await switchback(["--version"], "/");
    expect({ code, stdout }).toEqual({ code: 0, stdout: "0.1.0\n" });
  });

  test("explain knows what PostgreSQL answers", async () => {
    const { code, stdout } = await switchback(["explain", "2bp01"], "/");
    expect(stdout).toMatch(/^2BP01 dependent_objects_still_exist/);
    expect(stdout).toContain("Seen coming by\n  down-order");
    expect(code).toBe(0);
  });

  test("rules lists what explain explains", async () => {
    const { stdout } = await switchback(["rules", "--format", "json"], "/");
    const rules: { name: string; summary: string }[] = JSON.parse(stdout);
    expect(rules.length).toBeGreaterThan(10);
    const rule = rules.find(({ name }) => name === "require-concurrent-index");
    const explained = await switchback(["explain", "require-concurrent-index"], "/");
    expect(explained.stdout).toContain(rule?.summary.slice(0, 40));
    expect(explained.stdout).not.toContain("```");
    expect(explained.code).toBe(0);
  });
});

test.skipIf(process.platform === "win32")("a link to a device is not read", async () => {
  const folder = folderWith({ "migrations/1_a.sql": "SELECT 1;\n" });
  symlinkSync("/dev/zero", join(folder, "migrations/0_b.sql"));
  const { code } = await switchback(["lint", "migrations"], folder);
  expect(code).toBe(0);
});

describe("what SQL and a configuration hold", () => {
  const commands =
    "##[add-mask]x ##vso[task.complete] ##teamcity[x]\n  ::add-mask::x\n::set-output name=a::b";
  const carriedOut = /##\w*\[|^\s*::/m;

  test("are no commands in the log of a runner", async () => {
    const up = `CREATE TABEL ${JSON.stringify(commands)};\n${commands}`;
    const folder = folderWith({ ...locking, "migrations/000009_a.up.sql": up });
    const { stdout } = await switchback(["lint", "migrations"], folder, { GITHUB_ACTIONS: "true" });
    expect(stdout).not.toMatch(carriedOut);
    const { stdout: shown } = await switchback(["lint", "migrations"], folder, { GITHUB_ACTIONS: "" });
    expect(shown).toContain("##[add-mask]x");
  });

  test("do nothing to the terminal or the log where the run could not be made", async () => {
    const config = JSON.stringify({ [`\u001b]0;owned\u0007\n${commands}`]: 1 });
    const folder = folderWith({ ...clean, "switchback.jsonc": config });
    const { stderr } = await switchback(["lint", "migrations"], folder, { GITHUB_ACTIONS: "true" });
    expect(stderr).toContain("␛]0;owned␇");
    expect(stderr).not.toMatch(carriedOut);
  });
});

test("--base asks no repository that stands in the migration folder, nor the programs that it names", async () => {
  const folder = folderWith(locking);
  const git = (cwd: string, ...args: string[]) =>
    execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.org", ...args], {
      cwd,
      stdio: "pipe",
    });
  const inner = join(folder, "migrations");
  git(folder, "init", "-q", "-b", "main");
  git(inner, "init", "-q", "-b", "main", "--bare", ".");
  const proof = join(folder, "ran");
  writeFileSync(
    join(inner, "config"),
    `[core]\n\tbare = false\n\tworktree = .\n\tfsmonitor = "touch '${proof}'; false"\n`,
  );
  const own = ["--git-dir=.", "--work-tree=."];
  git(inner, ...own, "-c", "core.fsmonitor=false", "add", ".");
  git(inner, ...own, "-c", "core.fsmonitor=false", "commit", "-q", "-m", "base");
  const { stderr } = await switchback(["lint", "--base", "main"], folder);
  expect(existsSync(proof)).toBe(false);
  expect(stderr).toContain("migrations is not in a git work tree");
});

test("--base reports what changed since, committed or not, and knows the base branch", async () => {
  const folder = folderWith(locking);
  const git = (...args: string[]) =>
    execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.org", ...args], {
      cwd: folder,
      stdio: "pipe",
    });
  git("init", "-q", "-b", "main");
  git("add", ".");
  git("commit", "-q", "-m", "base");
  git("checkout", "-q", "-b", "feature");
  mkdirSync(join(folder, "migrations"), { recursive: true });
  writeFileSync(join(folder, "migrations/000002_other.up.sql"), "CREATE TABLE a (id int PRIMARY KEY);\n");
  writeFileSync(join(folder, "migrations/000002_other.down.sql"), "DROP TABLE IF EXISTS a;\n");
  git("add", ".");
  git("commit", "-q", "-m", "change");
  writeFileSync(join(folder, "migrations/000003_more.up.sql"), "CREATE INDEX b ON users (name);\n");
  const { stdout } = await switchback(["lint", "--base", "main", "--format", "json"], folder);
  const { findings, migrations } = JSON.parse(stdout);
  expect(migrations.map((it: { name: string }) => it.name)).toEqual(["000002_other", "000003_more"]);
  const rules = findings.map((it: { rule: string }) => it.rule);
  expect(rules).toContain("duplicate-on-base");
  expect(rules).toContain("missing-down");
  expect(findings.filter((it: { file: string }) => it.file.includes("000002_index"))).toEqual([]);

  rmSync(join(folder, "migrations/000001_users.up.sql"));
  const { stdout: told } = await switchback(["lint", "--base", "HEAD~1"], folder);
  // The ref as it was given, and not the Action's name for it.
  expect(told).toContain("git checkout 'HEAD~1' -- migrations/000001_users.up.sql");
});

test("an override that names no file is told: its glob is misspelt", async () => {
  const override = (glob: string) =>
    `{ "overrides": [{ "paths": ["${glob}"], "rules": { "require-concurrent-index": "off" } }] }`;
  const lint = (glob: string) =>
    switchback(["lint"], folderWith({ ...locking, "switchback.jsonc": override(glob) }));
  expect(await lint("migrations/000002*")).toMatchObject({ code: 0, stderr: "" });
  expect(await lint("00002*")).toMatchObject({
    code: 1,
    stderr: 'the override of "00002*" names no file of migrations\n',
  });
});

test.each([
  ["--last", "2"],
  ["--only", "1", "2"],
])("%s is no change set: what one of them made is in production when the next one runs", async (...flags) => {
  const args = ["check", "--round-trip", "off", "--format", "json"];
  const folder = folderWith(locking);
  const rules = async (more: readonly string[]) => {
    const { stdout } = await switchback([...args, ...more], folder);
    return JSON.parse(stdout).findings.map(({ rule }: { rule: string }) => rule);
  };
  expect(await rules([])).toEqual(["require-concurrent-index"]);
  expect(await rules(flags)).toEqual(["require-concurrent-index"]);
});
