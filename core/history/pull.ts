/** Another open pull request that goes to the same base branch. */
export interface OtherPull {
  readonly number: number;
  readonly title: string;
  /** Paths that it adds or renames to, as the pull request spells them. */
  readonly added: readonly string[];
}
