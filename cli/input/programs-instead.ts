import { readdirSync } from "node:fs";

/** How tools whose migrations are programs print the SQL that those would run, by the ending of the programs. */
const printers: Readonly<Record<string, readonly string[]>> = {
  py: [
    "Django    python manage.py sqlmigrate <app> <migration>   with --backwards for the down",
    "Alembic   alembic upgrade <from>:<to> --sql               alembic downgrade <to>:<from> --sql for the down",
  ],
  php: ["Laravel   php artisan migrate --pretend"],
  exs: ["Ecto      mix ecto.migrate --log-migrations-sql"],
  xml: ["Liquibase   liquibase update-sql"],
};

/** Lines of a message where a folder without SQL holds migrations that are programs: only SQL is read. */
export function programsInstead(folder: string): string[] {
  const program = listed(folder).find((name) => /\d.*\.(?:py|php|exs|xml|rb|go|[cm]?[jt]s)$/.test(name));
  if (program === undefined) return [];
  const known = printers[program.slice(program.lastIndexOf(".") + 1)];
  if (!known)
    return [`${program} is a program, and only SQL is read: write what its log shows into SQL files`];
  return [
    `${program} is a program, and only SQL is read: let its tool print it`,
    ...known.map((line) => `  ${line}`),
  ];
}

function listed(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}
