import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { originHost } from "./git-origin.ts";
import { starterGitlabJob } from "./starter-gitlab-job.ts";
import { starterWorkflow } from "./starter-workflow.ts";

export interface Pipeline {
  /** Relative to the root of the repository. */
  readonly file: string;
  readonly text: string;
  /** What a person has still to do before it runs. */
  readonly toDo?: string;
}

/** Where we bring nothing that fits, what to do instead. */
export interface NoPipeline {
  readonly instead: string;
}

interface Place {
  readonly root: string;
  /** Where the project lies below the root: "" for the root itself. */
  readonly project: string;
  readonly migrations: string;
}

const gitlabFile = ".gitlab-ci.yml";
const gitlabPart = ".gitlab/ci/migrations.yml";
const included = `GitLab runs it once ${gitlabFile} includes it:
  include:
    - local: ${gitlabPart}`;

/** What runs the check for a repository: what its files say it is run by counts before what it was cloned from. */
export function starterPipeline({ root, project, migrations }: Place): Pipeline | NoPipeline {
  const github = { file: ".github/workflows/migrations.yml", text: starterWorkflow(project) };
  const present = textOf(join(root, gitlabFile));
  const gitlab = () => {
    const text = starterGitlabJob({ project, migrations, locked: isLocked(join(root, project)) });
    if (present === undefined || /switchback/.test(present)) return { file: gitlabFile, text };
    return { file: gitlabPart, text, toDo: included };
  };
  if (existsSync(join(root, ".github/workflows"))) return github;
  if (present !== undefined) return gitlab();
  const host = originHost(root);
  if (host === undefined || /github/.test(host)) return github;
  if (/gitlab/.test(host)) return gitlab();
  return {
    instead: `no pipeline was written, as none is known for ${host}. What it has to run:
  switchback check --base origin/main --format junit --output junit.xml
  https://switchback.github.io/switchback/guides/ci says more`,
  };
}

/** What a pipeline that is there already needs for one more project; undefined where it speaks of it. */
export function stepFor(root: string, file: string, project: string): string | undefined {
  const text = textOf(join(root, file));
  if (text === undefined || text.includes(project)) return undefined;
  if (file === gitlabFile || file === gitlabPart)
    return `does not look into ${project} yet: it wants a job of its own
  https://switchback.github.io/switchback/guides/ci shows one`;
  return `does not look into ${project} yet: it wants a step of its own
      - uses: switchback/switchback@v1
        with:
          working-directory: ${JSON.stringify(project)}`;
}

function isLocked(project: string): boolean {
  return textOf(join(project, "package-lock.json"))?.includes('"node_modules/pg-switchback"') ?? false;
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
