import { type Files, Repository } from "./repository.ts";

export interface Pull {
  readonly number: number;
  readonly title: string;
  readonly base: string;
  readonly headSha: string;
  readonly headRef: string;
  /** Owner of the head repository; null when it was deleted. */
  readonly headOwner: string | null;
  /** Open, if nothing else is said. */
  readonly state?: "CLOSED" | "MERGED";
  /** Paths of which the mode alone changes. */
  readonly modes?: readonly string[];
  /** More files than the trees hold, as `filename` only: for lists of thousands. */
  readonly filler?: number;
}

export interface StoredComment {
  readonly id: number;
  readonly pull: number;
  body: string;
  readonly author: string;
}

export interface StoredReviewComment extends StoredComment {
  readonly path: string;
  readonly line: number;
  readonly start_line?: number;
}

/** What a request is answered with instead of what it asks for. */
export interface Fault {
  readonly method: string;
  readonly path: RegExp;
  readonly status: number;
  readonly message: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** How many requests it spoils. */
  times: number;
  /** The request is carried out all the same, and only its answer is lost. */
  readonly afterwards?: true;
  /** The request is carried out, and the connection ends in the middle of the answer. */
  readonly cut?: true;
  /** Instead of an object with the message. */
  readonly body?: object | string;
}

/** Everything that GitHub would remember between two runs. */
export class State {
  readonly owner = "octo";
  readonly repo = "shop";
  readonly repository = new Repository();
  readonly pulls: Pull[] = [];
  readonly comments: StoredComment[] = [];
  readonly reviewComments: StoredReviewComment[] = [];
  readonly faults: Fault[] = [];
  /** Who the token speaks for. */
  viewer = "github-actions[bot]";
  /** Lines of a file that GitHub refuses although a hunk shows them. */
  readonly refusedLines: { readonly path: string; readonly line: number }[] = [];
  #nextId = 1000;

  id(): number {
    return this.#nextId++;
  }

  push(branch: string, files: Files): string {
    const sha = this.repository.commit(files, this.repository.branches.get(branch));
    this.repository.branches.set(branch, sha);
    return sha;
  }

  /** A pull request with `files` laid over what `base` holds now; null deletes a file. */
  open(
    number: number,
    base: string,
    files: Readonly<Record<string, string | null>>,
    more: Partial<Pull> = {},
  ): Pull {
    const tip = this.repository.branches.get(base) ?? "";
    const merged: Record<string, string> = { ...this.repository.commits.get(tip)?.files };
    for (const [path, text] of Object.entries(files)) {
      if (text === null) delete merged[path];
      else merged[path] = text;
    }
    const headSha = this.repository.commit(merged, tip);
    const pull = {
      number,
      title: `Pull request ${number}`,
      base,
      headSha,
      headRef: `topic-${number}`,
      headOwner: this.owner,
      ...more,
    };
    const known = this.pulls.findIndex((other) => other.number === number);
    if (known >= 0) this.pulls[known] = pull;
    else this.pulls.push(pull);
    return pull;
  }

  filesOf(sha: string): Files {
    return this.repository.commits.get(sha)?.files ?? {};
  }
}
