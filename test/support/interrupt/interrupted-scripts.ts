const nap = "SELECT pg_sleep(0.08);";

/** Up and down of each: together they bring a run into every kind of phase. */
const migrations: Readonly<Record<string, readonly [up: string, down: string]>> = {
  "000001_tables": ["CREATE TABLE a (id int PRIMARY KEY, t text NOT NULL)", "DROP TABLE a"],
  // Committed halfway: the state is lost, and a second database has to catch up.
  "000002_halfway": ["BEGIN; CREATE TABLE half (); COMMIT; SELECT 1/0", "DROP TABLE half"],
  "000003_role": [
    "CREATE ROLE switchback_interrupted; GRANT SELECT ON a TO switchback_interrupted",
    "REVOKE ALL ON a FROM switchback_interrupted; DROP ROLE switchback_interrupted",
  ],
  "000004_prepared": [
    "BEGIN; CREATE TABLE b (id int); PREPARE TRANSACTION 'switchback_interrupted'",
    "ROLLBACK PREPARED 'switchback_interrupted'",
  ],
  "000005_column": ["ALTER TABLE a ADD COLUMN u text", "ALTER TABLE a DROP COLUMN u"],
};

/** So many migrations after those, which take no time: enough of them are proved on several servers. */
export function plainScripts(count: number): Readonly<Record<string, string>> {
  const places = Array.from({ length: count }, (_, i) => Object.keys(migrations).length + i + 1);
  return Object.fromEntries(
    places.flatMap((place) => {
      const name = `${String(place).padStart(6, "0")}_plain`;
      return [
        [`${name}.up.sql`, `/* up */ CREATE TABLE plain_${place} (id int);\n`],
        [`${name}.down.sql`, `/* down */ DROP TABLE plain_${place};\n`],
      ];
    }),
  );
}

/** Texts by file name. Each begins with a mark that says which script it is, for whoever asks the server. */
export const scripts: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(migrations).flatMap(([name, [up, down]]) => [
    [`${name}.up.sql`, `/* up */ ${nap}\n${up};\n`],
    [`${name}.down.sql`, `/* down */ ${nap}\n${down};\n`],
  ]),
);
