import { version } from "#core/version.ts";

export interface GitlabJob {
  /** Where the project lies in its repository. */
  readonly project: string;
  /** Migration folder, relative to the project. */
  readonly migrations: string;
  /** Does a lock file of the project bring the package? */
  readonly locked: boolean;
}

/** A job of GitLab that checks every merge request which touches migrations. */
export function starterGitlabJob({ project, migrations, locked }: GitlabJob): string {
  const inside = project === "" ? "" : `${project}/`;
  const watched = [...(migrations === "." ? ["**/*"] : [`${migrations}/**/*`]), "switchback.jsonc"];
  const install = locked
    ? "npm ci --cache .npm --prefer-offline"
    : `npm install --no-save --prefix . --cache .npm --prefer-offline pg-switchback@${version}`;
  return `migrations:
  image: node:22
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
      changes: [${watched.map((path) => JSON.stringify(inside + path)).join(", ")}]
  variables:
    # The place where the branch left main has to be there.
    GIT_DEPTH: 0
  cache:
    key: npm
    paths: [${JSON.stringify(`${inside}.npm/`)}]
  script:
${project === "" ? "" : `    - cd ${JSON.stringify(project)}\n`}    - ${install}
    - node_modules/.bin/switchback check
      --base "origin/$CI_MERGE_REQUEST_TARGET_BRANCH_NAME" --fail-on never --format gitlab --output gl-code-quality.json
    - node_modules/.bin/switchback check
      --base "origin/$CI_MERGE_REQUEST_TARGET_BRANCH_NAME" --format junit --output junit.xml
  artifacts:
    when: always
    reports:
      codequality: ${inside}gl-code-quality.json
      junit: ${inside}junit.xml
`;
}
