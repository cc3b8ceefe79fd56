import type { Migration } from "../../migration/model.ts";
import { count } from "../../report/text/count.ts";
import { defineRule } from "../rule.ts";

export const fileNameStyle = defineRule({
  name: "file-name-style",
  summary: "Versions of different widths, or titles that are not snake_case.",
  why: "Runners order versions as numbers, people and file listings as text: with mixed widths they see another order.",
  instead:
    "One width for all versions, padded with zeros, and titles in snake_case: `000012_add_user_status`.",
  severity: "info",
  presets: ["strict", "all"],
  since: "0.1.0",
  examples: {
    bad: [
      {
        up: "SELECT 1;",
        down: "SELECT 1;",
        files: [
          "000001_a.up.sql",
          "000001_a.down.sql",
          "000002_b.up.sql",
          "000002_b.down.sql",
          "3_c.up.sql",
          "3_c.down.sql",
        ],
      },
      { up: "SELECT 1;", down: "SELECT 1;", files: ["000001_AddUsers.up.sql", "000001_AddUsers.down.sql"] },
    ],
    good: [
      { up: "SELECT 1;", down: "SELECT 1;", files: ["000001_add_users.up.sql", "000001_add_users.down.sql"] },
      {
        up: "SELECT 1;",
        down: "SELECT 1;",
        files: ["8", "9", "10"].flatMap((version) => [`${version}_a.up.sql`, `${version}_a.down.sql`]),
        note: "Numbers without padding grow wider by themselves.",
      },
      { up: "SELECT 1;", down: "SELECT 1;", files: ["000001_größe.up.sql", "000001_größe.down.sql"] },
    ],
  },
  check: {
    folder({ folder, inScope, report }) {
      if (folder.layout.name !== "golang-migrate") return;
      const judged = folder.migrations.filter(({ up, down }) =>
        [up, down].some((it) => it && inScope(it.file)),
      );
      const width = majorityWidth(folder.migrations);
      const complaints = judged.flatMap((migration) => {
        const complaint = complaintAbout(migration, width);
        return complaint ? [{ migration, complaint }] : [];
      });
      const [first, ...others] = complaints;
      if (!first) return;
      const more = others.length > 0 ? `, and ${others.length} more like it` : "";
      const files = [first.migration.up?.file, first.migration.down?.file].filter(
        (file) => file !== undefined,
      );
      report(files, {
        message: `${first.migration.name} ${first.complaint}${more}`,
        ...(others.length > 0 && {
          help: `also ${others
            .slice(0, 5)
            .map(({ migration }) => migration.name)
            .join(", ")}`,
        }),
      });
    },
  },
});

/** Of versions that count 1, 2, … 10 none is narrower than it has to be: nothing is to be said of widths there. */
function majorityWidth(migrations: readonly Migration[]): number | undefined {
  if (migrations.every(({ version }) => version.length < 5 && !/^0./.test(version))) return undefined;
  const counts = new Map<number, number>();
  for (const { version } of migrations) counts.set(version.length, (counts.get(version.length) ?? 0) + 1);
  return [...counts].toSorted((a, b) => b[1] - a[1] || b[0] - a[0])[0]?.[0] ?? 0;
}

function complaintAbout({ version, title }: Migration, width: number | undefined): string | undefined {
  if (width !== undefined && version.length !== width) {
    return `has a version of ${count(version.length, "digit")} where most have ${width}`;
  }
  if (title === "") return "has no title";
  return /^[\p{Ll}\p{Lo}\p{M}\d]+(_[\p{Ll}\p{Lo}\p{M}\d]+)*$/u.test(title)
    ? undefined
    : "is not in snake_case";
}
