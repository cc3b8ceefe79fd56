/**
 * Stands before every git command. A migration folder may hold a repository of its own, without a work tree: git would
 * take it for the one to look at, and its configuration names programs to run. The one that watches for changes is not
 * asked in any repository.
 */
export const carefulGit = ["-c", "safe.bareRepository=explicit", "-c", "core.fsmonitor=false"] as const;
