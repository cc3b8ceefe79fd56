import { resolve } from "node:path";
import { info, notice, warning } from "@actions/core";
import { shellWord } from "#core/author/shell-word.ts";
import type { Config } from "#core/config/config.ts";
import { decode } from "#core/migration/decode.ts";
import type { Report } from "#core/report/model.ts";
import { renderTerminal } from "#core/report/terminal.ts";
import { compileLess } from "#core/sql/compile-less.ts";
import { checkScene } from "./check-scene.ts";
import { type Conclusion, conclusionOf } from "./conclusion.ts";
import type { Environment } from "./environment.ts";
import { occasionOf } from "./event.ts";
import { type Comparable, gather } from "./gather.ts";
import { connect } from "./github/client.ts";
import type { Inputs, ReadInputs } from "./inputs.ts";
import { layoutInCommit } from "./layout-in-commit.ts";
import type { Problem } from "./problem.ts";
import { publishCouldNotRun } from "./publish/could-not-run.ts";
import { tellsJobs } from "./publish/job-of-comment.ts";
import { publishLog } from "./publish/log.ts";
import { publishOutputs } from "./publish/outputs.ts";
import { publish } from "./publish/publish.ts";
import { writeResultFiles } from "./result-files.ts";
import type { Scene } from "./scene.ts";
import { readSettings } from "./settings.ts";
import { subjectOf } from "./subject.ts";

/** The run came to an end that is no bug: what it concluded, and what could not be done, with the reason. */
export interface Outcome {
  readonly conclusion: Conclusion;
  readonly problems: readonly Problem[];
}

/** One run of the Action: find out what changed, check it, tell it. */
export async function run(read: ReadInputs, environment: Environment, signal: AbortSignal): Promise<Outcome> {
  const { inputs } = read;
  const { event, payload, sha, owner, repo, workspace } = environment;
  const client = inputs.token ? await connect({ token: inputs.token, owner, repo, signal }) : undefined;
  const subject = await subjectOf(occasionOf(event, payload, sha), client);
  const mistakes = read.ok ? [] : read.problems.map((words) => ({ words }));
  if (!subject.ok) {
    if (mistakes.length > 0) return { conclusion: "error", problems: mistakes };
    notice(subject.reason);
    return skipped();
  }
  const { occasion } = subject;
  const pull = occasion.kind === "pull" ? occasion : undefined;
  const impossible = async (problems: readonly Problem[], about: string | undefined): Promise<Outcome> => {
    await publishCouldNotRun({ problems, folder: about, inputs, client, pull });
    return { conclusion: "error", problems: inputs.annotations ? problems : problems.map(withoutPlace) };
  };
  const settings = await readSettings(inputs, environment, async (path) =>
    client ? layoutInCommit(client, occasion.head.sha, path) : undefined,
  );
  if (!read.ok) {
    const folder = settings.ok ? settings.folder.path : settings.folder;
    return impossible(mistakes, tellsJobs(read.unread) ? undefined : folder);
  }
  if (!settings.ok) return impossible(settings.problems, settings.folder);
  const { config, folder, root, prelude, baseline, fixtures, namedBy } = settings;
  const gathered = await gather({
    client,
    root,
    folder,
    occasion,
    checkOpenPulls: inputs.checkOpenPulls,
    namedBy: namedBy?.words,
  });
  if (!gathered.ok) {
    const words = namedBy ? gathered.reason : gathered.reason + startOf(inputs);
    const notes = settings.notes.map((note) => ({ words: note }));
    return impossible([...notes, { words, place: namedBy?.place }], folder.path);
  }
  const scene = { ...gathered.scene, notes: [...settings.notes, ...gathered.scene.notes] };
  compileLess(scene.files.reduce((sum, { bytes }) => sum + bytes.length, 0));

  const untrusted = pull?.fork === true && pull.privileged;
  const everything = !inputs.changedOnly;
  const report = await checkScene(
    { scene, folder, config, url: inputs.url, prelude, baseline, fixtures, everything, untrusted },
    signal,
  );

  const source = sourcesOf(scene);
  if (report.migrations.length + report.findings.length === 0) info("No migration has changed.");
  else
    publishLog(
      renderTerminal(report, { color: false, width: 110, source, fixCommand: fixCommand(inputs, scene) }),
      (text) => process.stdout.write(text),
    );
  await publish({
    report,
    scene,
    inputs,
    client,
    pull,
    source,
    link: lineLinks(environment, occasion, scene),
    runUrl: environment.runUrl,
    annotate: event !== "workflow_run",
    summaryFile: environment.summaryFile,
  });
  const directory = resolve(workspace, inputs.workingDirectory);
  const places = { temp: environment.temp, workspace, directory, sarifFile: inputs.sarifFile };
  const conclusion = conclusionOf(report, config);
  const files = writeResultFiles(report, places, source);
  publishOutputs(conclusion, report, files);
  const problems = [...files.problems, ...unprovedWords(report, config)];
  return { conclusion, problems: problems.map((words) => ({ words })) };
}

/** For a clone: what lies before the change is not its business. */
function fixCommand({ config }: Inputs, { base }: Scene): string {
  const folder = config.migrations === undefined ? [] : [shellWord(config.migrations)];
  const since = base === undefined ? [] : ["--base", shellWord(base.cloneRef ?? base.ref)];
  return ["switchback fix", ...folder, ...since].join(" ");
}

/** A green or a red job says beside it that nothing ran: in the report alone nobody sees why. */
function unprovedWords({ unproved }: Report, { roundTrip }: Config): string[] {
  if (unproved === undefined) return [];
  if (roundTrip === "required") return [`${unproved}\nround-trip is required, so the job fails.`];
  warning(`${unproved}\nWith round-trip: required the job would fail.`);
  return [];
}

/** A folder that is not there may be named well, below a working directory that is not. */
function startOf({ workingDirectory }: Inputs): string {
  return workingDirectory === "." ? "" : ` The input working-directory is ${workingDirectory}.`;
}

function skipped(): Outcome {
  publishOutputs("skipped", undefined, {});
  return { conclusion: "skipped", problems: [] };
}

function withoutPlace({ words }: Problem): Problem {
  return { words };
}

/** Texts of the folder's files, decoded only where a finding points. */
function sourcesOf({ files }: Scene): (path: string) => string | undefined {
  const texts = new Map<string, string>();
  return (path) => {
    const known = texts.get(path);
    if (known !== undefined) return known;
    const file = files.find((candidate) => candidate.path === path);
    if (!file) return undefined;
    const { text } = decode(file).file;
    texts.set(path, text);
    return text;
  };
}

/** A link in Markdown ends at a parenthesis, which `encodeURIComponent` leaves as it is. */
function linkable(segment: string): string {
  const hex = (mark: string) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`;
  return encodeURIComponent(segment).replace(/[!'()*~]/g, hex);
}

/** What the change deletes stands in the base alone. */
function lineLinks({ server, owner, repo }: Environment, { head }: Comparable, { files, base }: Scene) {
  const gone = new Set(base?.files.map(({ path }) => path));
  for (const { path } of files) gone.delete(path);
  return (file: string, line: number) => {
    const sha = base && gone.has(file) ? base.sha : head.sha;
    const path = file.split("/").map(linkable).join("/");
    return `${server}/${owner}/${repo}/blob/${sha}/${path}#L${line}`;
  };
}
