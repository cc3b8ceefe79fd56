import { shellWord } from "./shell-word.ts";

/** A command for a help text, ready to be pasted into a shell: file names come from strangers. */
export function gitMove(from: string, to: string): string {
  return `  git mv ${shellWord(from)} ${shellWord(to)}`;
}
