/** The library: files in, report out, and the pieces that fronts of their own need. */

export { check } from "./check.ts";
export { type CheckedFolder, checkFolder, type FolderOptions } from "./check-folder.ts";
export type { CheckInput } from "./check-input.ts";
export type { CheckPorts, Progress } from "./check-ports.ts";
export type { Config } from "./config/config.ts";
export { loadConfig } from "./config/load-config.ts";
export { parseConfig } from "./config/parse-config.ts";
export { resolveConfig } from "./config/resolve-config.ts";
export { configurableRules, everyRule } from "./every-rule.ts";
export { readGitFolder } from "./history/git-folder.ts";
export type { Rule } from "./lint/rule.ts";
export { LintSession } from "./lint/session/lint-session.ts";
export { layouts } from "./migration/layout/layouts.ts";
export type { Migration, RawFile } from "./migration/model.ts";
export { readFolder } from "./migration/read-folder.ts";
export { readMigrations } from "./migration/read-migrations.ts";
export { openEngine } from "./postgres/open-engine.ts";
export { type Engine, EngineUnavailableError } from "./postgres/session.ts";
export { renderGitlab } from "./report/gitlab.ts";
export { type JsonReport, renderJson } from "./report/json.ts";
export { renderJunit } from "./report/junit.ts";
export { renderMarkdown } from "./report/markdown.ts";
export type * from "./report/model.ts";
export { renderTerminal } from "./report/terminal.ts";
export { isFailed } from "./report/verdict-words.ts";
export { version } from "./version.ts";
