const runners = ["GITHUB_ACTIONS", "TF_BUILD", "TEAMCITY_VERSION"];

/**
 * Some runners carry out what they find in a log: GitHub's after `::` at the start of a line and after `##[` anywhere,
 * Azure's after `##vso[`, TeamCity's after `##teamcity[`. SQL and names of files may hold that, so a blank breaks it.
 */
export function withoutCommands(text: string, environment: NodeJS.ProcessEnv): string {
  if (!runners.some((name) => environment[name])) return text;
  return text.replaceAll(/##(?=\w*\[)/g, "# #").replaceAll(/^([^\S\n]*):(?=:)/gm, "$1: ");
}
