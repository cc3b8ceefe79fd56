import type { Execution, Malformed, Migration, Refusal, SourceFile } from "../model.ts";
import { type SectionMarkers, sectionFile } from "./compose.ts";
import { cutStatements } from "./cut-statements.ts";
import type { FolderFile, IgnoredFile, Layout } from "./layout.ts";
import { type Part, pairParts } from "./pair-parts.ts";
import { type Markers, type Section, sectionsOf } from "./sections.ts";

export interface SectionLayout {
  readonly name: string;
  readonly markers: Markers;
  /** Version, key and title in a file's name, or why it has none. */
  readonly programs?: Layout["programs"];
  identify(
    name: string,
  ): { version: string; key: string; title: string } | Pick<IgnoredFile, "reason" | "stops">;
  execution(section: Section, file: FolderFile): Execution;
  readonly compare: Layout["compare"];
  readonly gaps: Layout["gaps"];
  readonly late: Layout["late"];
  readonly firstVersion?: Layout["firstVersion"];
  fileName(version: string, title: string): string;
  /** How a section, or the file, says that it runs outside of a transaction. */
  readonly untransacted?: Pick<SectionMarkers, "untransacted" | "fileUntransacted">;
}

/** Layouts whose up and down are sections of one file. */
export function sectionLayout(options: SectionLayout): Layout {
  const { markers } = options;
  return {
    name: options.name,
    depth: 0,
    downs: "section",
    gaps: options.gaps,
    late: options.late,
    firstVersion: options.firstVersion ?? { kind: "timestamp", digits: 14 },
    downMarker: markers.spelt.down,
    ...(options.untransacted ? { unwraps: options.untransacted } : {}),
    ...(markers.bareUp ? { bareUpMarker: markers.spelt.up } : {}),
    ...(markers.needsDown ? { needsDown: true } : {}),
    markers: [markers.up, markers.down, markers.cutting?.begin, markers.cutting?.end, markers.file].filter(
      (it) => it !== undefined,
    ),
    ...(markers.fence ? { fence: markers.fence } : {}),
    ...(options.programs ? { programs: options.programs } : {}),
    compare: options.compare,
    wants: (name) => /\.sql$/i.test(name) || versionOf(name, options) !== undefined,
    read: (all) => {
      const malformed: Malformed[] = [];
      const programs = all.flatMap((entry) => {
        const version = versionOf(entry.name, options);
        return version === undefined ? [] : [{ ...entry, version }];
      });
      const files = all.filter(({ name }) => versionOf(name, options) === undefined);
      const entries = files.flatMap((entry) => partsOf(entry, options, malformed));
      const paired = pairParts(entries, options.compare);
      const refusals = new Map(malformed.filter(({ isRun }) => !isRun).map((it) => [it.file, it]));
      const migrations = paired.migrations.map((migration) => {
        const { up, down } = migration;
        const refused = refusals.get((up ?? down)?.file as SourceFile) ?? withoutDown(migration, markers);
        return refused ? { ...migration, refused } : migration;
      });
      return { ...paired, migrations, malformed, ...(programs.length > 0 && { programs }) };
    },
    fileName: options.fileName,
    compose: sectionFile(options.fileName, {
      ...markers.spelt,
      ...options.untransacted,
      ...(markers.needsDown ? { needsDown: true } : {}),
    }),
  };
}

/** The version of a program. */
function versionOf(name: string, { programs }: SectionLayout): string | undefined {
  return programs?.exec(name)?.[1];
}

/** A kindred runner, which is not told apart, does not cut: then nothing is wrong, in the whole folder. */
function doubted(cut: Malformed, runner: string): Malformed {
  const help = `${cut.help}\na fork of ${runner} that does not cut statements needs no such lines`;
  return { ...cut, help, severity: "warning", isRun: true, oncePerFolder: true };
}

/** No place in the file is wrong: it is the rule about missing downs that says so to people. */
function withoutDown({ up, down }: Migration, { needsDown, spelt }: Markers): Refusal | undefined {
  if (!needsDown || !up || down) return undefined;
  return { file: up.file, start: 0, end: 0, message: `it has no ${spelt.down}` };
}

function partsOf(entry: FolderFile, options: SectionLayout, malformed: Malformed[]): (Part | IgnoredFile)[] {
  const identity = options.identify(entry.name);
  if ("reason" in identity) return [{ ...entry, ...identity }];
  const sections = sectionsOf(entry.file, options.markers);
  malformed.push(...sections.malformed);
  const { fence, cutting, mayCut } = options.markers;
  const executions = new Map<Section, Execution>();
  const executionOf = (section: Section) => executions.get(section) ?? options.execution(section, entry);
  for (const section of [sections.up, sections.down]) {
    if (!section || !fence || !cutting) continue;
    const { cut, unfinished, together } = cutStatements(entry.file, section, fence, cutting);
    // In a transaction it makes no difference.
    const execution = options.execution(section, entry);
    if (together.length > 0 && !execution.wrapped) executions.set(section, { ...execution, together });
    malformed.push(...cut.map((it) => (mayCut ? doubted(it, options.name) : it)));
    if (unfinished) malformed.push(unfinished);
  }
  if (!sections.up && !sections.down)
    return [{ ...entry, reason: `it has no line ${options.markers.spelt.up}`, stops: true }];
  const name = entry.name.replace(/\.sql$/i, "");
  return [sections.up, sections.down].flatMap((section) =>
    section
      ? [
          {
            ...identity,
            name,
            direction: section.direction,
            file: entry.file,
            execution: executionOf(section),
            start: section.start,
            end: section.end,
          },
        ]
      : [],
  );
}
