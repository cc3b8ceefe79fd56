import { shellWord } from "./shell-word.ts";

/** A command for a help text, ready to be pasted into a shell: file names come from strangers. */
export function gitMove(from: string, to: string): string {
  return `  git ${move(from, to)}`;
}

/** The same for a file that git does not follow, and would refuse to move. */
export function plainMove(from: string, to: string): string {
  return `  ${move(from, to)}`;
}

function move(from: string, to: string): string {
  return `mv ${shellWord(from)} ${shellWord(to)}`;
}
