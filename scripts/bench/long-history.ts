/** 250 migrations, 500 files: tables, columns, indexes, in turn. */
export function longHistory(): Record<string, string> {
  const files: Record<string, string> = {};
  for (let i = 1; i <= 250; i++) {
    const version = String(i).padStart(6, "0");
    const table = `t${Math.ceil(i / 3)}`;
    const [title, up, down] = [
      [
        "column",
        `ALTER TABLE ${table} ADD COLUMN c${i} text;\n`,
        `ALTER TABLE ${table} DROP COLUMN c${i};\n`,
      ],
      [
        "table",
        `CREATE TABLE ${table} (\n  id bigint PRIMARY KEY,\n  name text NOT NULL\n);\n`,
        `DROP TABLE ${table};\n`,
      ],
      ["view", `CREATE VIEW v${i} AS SELECT id FROM ${table};\n`, `DROP VIEW v${i};\n`],
    ][i % 3 === 1 ? 1 : i % 3 === 2 ? 2 : 0] as [string, string, string];
    files[`migrations/${version}_${title}.up.sql`] = up;
    files[`migrations/${version}_${title}.down.sql`] = down;
  }
  return files;
}
