import { expect, it } from "vitest";
import { applyEdits } from "#core/lint/apply-fixes.ts";
import type { LintResult } from "#core/lint/lint-input.ts";
import type { Example } from "#core/lint/rule.ts";
import { rules } from "#core/lint/rules/index.ts";
import { oneInThree } from "../support/in-full.ts";
import { lintFiles } from "../support/lint-files.ts";

/** A checkout on Windows ends lines as Windows does: rules say the same about it, at the same places. */
const examples = rules.flatMap(({ name, examples: { bad, good } }) =>
  [...bad, ...good].map((example, index) => ({ what: `${name} ${index + 1}`, example })),
);

it.each(oneInThree(examples))("CRLF changes nothing: $what", async ({ example }) => {
  const [unix, windows] = [filesOf(example, "\n"), filesOf(example, "\r\n")];
  const [here, there] = [await linted(unix, example), await linted(windows, example)];
  expect(there.findings.map(words)).toEqual(here.findings.map(words));
  for (const [index, { fix }] of here.findings.entries()) {
    if (!fix) continue;
    const fixed = applyEdits(windows, there.findings[index]?.fix?.edits ?? []);
    expect(unended(fixed)).toEqual([...applyEdits(unix, fix.edits)]);
    // A file of one line does not tell how it ends lines.
    for (const [path, text] of fixed)
      if (windows.get(path)?.includes("\n")) expect(text).not.toMatch(/(^|[^\r])\n/);
  }
});

function filesOf({ before, up, down, files }: Example, lineEnd: string): ReadonlyMap<string, string> {
  const texts: readonly (readonly [string, string | undefined])[] = files
    ? files.map((name) => [name, /up\.sql$/.test(name) ? up : (down ?? "")])
    : [
        ["000001_before.up.sql", before],
        ["000002_example.up.sql", up],
        ["000002_example.down.sql", down],
      ];
  return new Map(
    texts.flatMap(([name, text]) =>
      text === undefined ? [] : [[`migrations/${name}`, text.replaceAll("\n", lineEnd)] as const],
    ),
  );
}

function linted(files: ReadonlyMap<string, string>, { postgres }: Example): Promise<LintResult> {
  return lintFiles(files, postgres === undefined ? {} : { postgres });
}

function words({ rule, message, help, file, range }: LintResult["findings"][number]) {
  return { rule, message, help: help?.replaceAll("\r", ""), file, range };
}

function unended(files: ReadonlyMap<string, string>): [string, string][] {
  return [...files].map(([path, text]) => [path, text.replaceAll("\r\n", "\n")]);
}
