import { join } from "node:path";
import { listed, walkFolders } from "../init/walk-folders.ts";

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
export function programsInstead(folder: string, shown = ""): string[] {
  const program = namesIn(folder).find((name) => /\d.*\.(?:py|php|exs|xml|rb|go|[cm]?[jt]s)$/.test(name));
  if (program === undefined) return [];
  const path = shown === "" ? program : `${shown}/${program}`;
  const known = printers[program.slice(program.lastIndexOf(".") + 1)];
  if (!known) return [`${path} is a program, and only SQL is read: write what its log shows into SQL files`];
  return [
    `${path} is a program, and only SQL is read: let its tool print it`,
    ...known.map((line) => `  ${line}`),
  ];
}

/** The same for the first folder whose name says that it holds migrations. */
export function findPrograms(cwd: string): string[] {
  let found: string[] = [];
  walkFolders(cwd, ({ shown }) => {
    const name = shown.slice(shown.lastIndexOf("/") + 1);
    if (found.length === 0 && /^(?:migrat|versions$|changelog)/i.test(name)) {
      found = programsInstead(join(cwd, shown), shown);
    }
    return found.length === 0;
  });
  return found;
}

function namesIn(folder: string): string[] {
  return listed(folder)
    .map(({ name }) => name)
    .sort();
}
