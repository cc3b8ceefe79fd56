import { execFileSync } from "node:child_process";
import { chmodSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { clean, folderWith, locking, switchback } from "./cli.ts";

const index = "migrations/000002_index.up.sql";

test("applies what the rules offer, and keeps the mode of the file", async () => {
  const folder = folderWith(locking);
  chmodSync(join(folder, index), 0o660);
  const result = await switchback(["fix"], folder);
  expect(result).toMatchObject({ code: 0, stdout: "1 fix in 1 file, nothing is left\n", stderr: "" });
  expect(readFileSync(join(folder, index), "utf8")).toBe(
    "CREATE INDEX CONCURRENTLY users_name_idx ON users (name);\n",
  );
  expect(statSync(join(folder, index)).mode & 0o777).toBe(0o660);
  expect(await switchback(["fix"], folder)).toMatchObject({ code: 0 });
});

test("a dry run prints a diff that git applies, and writes nothing", async () => {
  const folder = folderWith(locking);
  const { code, stdout } = await switchback(["fix", "--dry-run"], folder);
  expect(code).toBe(1);
  expect(readFileSync(join(folder, index), "utf8")).toBe(locking[index]);
  execFileSync("git", ["apply"], { cwd: folder, input: stdout });
  expect(readFileSync(join(folder, index), "utf8")).toContain("CONCURRENTLY");
  expect(await switchback(["fix", "--dry-run"], folder)).toMatchObject({
    code: 0,
    stdout: "",
    stderr: "nothing to fix, nothing is left\n",
  });
});

const misnamed = {
  ...clean,
  "migrations/000002_index_up.sql": locking["migrations/000002_index.up.sql"],
  "migrations/000002_index.down.sql": locking["migrations/000002_index.down.sql"],
};

test.each([
  { from: "the root", cwd: ".", args: ["app/migrations"] },
  { from: "the folder above", cwd: "app", args: [] },
  { from: "the folder itself", cwd: "app/migrations", args: ["."] },
  { from: "another folder", cwd: "other", args: ["../app/migrations"], begin: ".." },
  {
    from: "another folder without git",
    cwd: "other",
    args: ["../app/migrations"],
    begin: "../app/migrations",
    noGit: true,
  },
])("git applies the diff of a dry run in $from", async ({ cwd, args, begin, noGit }) => {
  for (const files of [locking, misnamed]) {
    const moved = Object.entries(files).map(([name, text]) => [`app/${name}`, text]);
    const folder = folderWith({ ...Object.fromEntries(moved), "other/.keep": "" });
    if (!noGit) execFileSync("git", ["init", "-q"], { cwd: folder });
    const { stdout, stderr } = await switchback(["fix", ...args, "--dry-run"], join(folder, cwd));
    expect(stderr).toBe(begin ? `the paths begin at ${begin}: git -C ${begin} apply\n` : "");
    execFileSync("git", ["apply"], { cwd: join(folder, cwd, begin ?? "."), input: stdout });
    expect(readFileSync(join(folder, "app", index), "utf8")).toContain("CONCURRENTLY");
  }
});

test("what is left is shown by the command for this very folder", async () => {
  const files = Object.fromEntries(Object.entries(locking).map(([name, text]) => [`app db/${name}`, text]));
  const args = ["fix", "app db/migrations", "--preset", "strict", "--rule", "down-order"];
  const { stdout } = await switchback(args, folderWith(files));
  expect(stdout).toMatch(/ left: switchback lint 'app db\/migrations' --preset strict shows /);
});

test("--rule leaves the others alone", async () => {
  const folder = folderWith(locking);
  const result = await switchback(["fix", "--rule", "down-order,empty-down"], folder);
  expect(result.code).toBe(1);
  expect(result.stdout).toContain("nothing to fix");
  expect(readFileSync(join(folder, index), "utf8")).toBe(locking[index]);
});

test("an unknown rule is one clear sentence", async () => {
  const result = await switchback(["fix", "--rule", "down-ordr"], folderWith(clean));
  expect(result).toMatchObject({ code: 2 });
  expect(result.stderr).toContain("did you mean down-order?");
});

test("a byte order mark and CRLF stay, and what is not UTF-8 is not touched", async () => {
  const latin = Buffer.from("CREATE INDEX b ON users (name); -- Gr\xfc\xdfe\n", "latin1");
  const folder = folderWith({
    ...locking,
    [index]: "\uFEFF-- first\r\nCREATE INDEX users_name_idx ON users (name);\r\n",
    "migrations/000003_more.up.sql": latin,
    "migrations/000003_more.down.sql": "DROP INDEX b;\n",
  });
  const dry = await switchback(["fix", "--dry-run"], folder);
  execFileSync("git", ["apply", "--check"], { cwd: folder, input: dry.stdout });
  await switchback(["fix"], folder);
  expect(readFileSync(join(folder, index), "utf8")).toBe(
    "\uFEFF-- first\r\nCREATE INDEX CONCURRENTLY users_name_idx ON users (name);\r\n",
  );
  expect(readFileSync(join(folder, "migrations/000003_more.up.sql")).equals(latin)).toBe(true);
});

test("only the files that were named", async () => {
  const second = "migrations/000003_second.up.sql";
  const folder = folderWith({
    ...locking,
    [second]: "CREATE INDEX users_second_idx ON users (name);\n",
    "migrations/000003_second.down.sql": "DROP INDEX users_second_idx;\n",
  });
  await switchback(["fix", second], folder);
  expect(readFileSync(join(folder, index), "utf8")).toBe(locking[index]);
  expect(readFileSync(join(folder, second), "utf8")).toContain("CONCURRENTLY");
  writeFileSync(join(folder, second), "CREATE TABLE broken (;\n");
  expect((await switchback(["fix", second], folder)).code).toBe(1);
});
