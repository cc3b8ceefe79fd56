import { payloads } from "../github-stand-in/payloads.ts";
import { GitHubStandIn } from "../github-stand-in/server.ts";
import type { Pull } from "../github-stand-in/state.ts";

/** The repository that the scenarios play in: two merged migrations, and files for pull requests. */

export const merged = {
  "README.md": "# Shop\n",
  "migrations/000001_users.up.sql":
    "CREATE TABLE users (\n  id bigint PRIMARY KEY,\n  email text NOT NULL\n);\n",
  "migrations/000001_users.down.sql": "DROP TABLE users;\n",
  "migrations/000002_orders.up.sql":
    "CREATE TABLE orders (\n  id bigint PRIMARY KEY,\n  user_id bigint NOT NULL REFERENCES users (id)\n);\n",
  "migrations/000002_orders.down.sql": "DROP TABLE orders;\n",
};

/** A migration that is right. */
export const good = {
  "migrations/000003_invoices.up.sql": "CREATE TABLE invoices (\n  id bigint PRIMARY KEY\n);\n",
  "migrations/000003_invoices.down.sql": "DROP TABLE invoices;\n",
};

/** An index that blocks writes: a finding with a fix. */
export const slow = {
  "migrations/000003_index_orders.up.sql": "CREATE INDEX orders_user_id_idx ON orders (user_id);\n",
  "migrations/000003_index_orders.down.sql": "DROP INDEX orders_user_id_idx;\n",
};

/** A down that leaves a type behind. */
export const drifting = {
  "migrations/000004_user_status.up.sql":
    "CREATE TYPE user_status AS ENUM ('active', 'blocked');\nALTER TABLE users ADD COLUMN status user_status;\n",
  "migrations/000004_user_status.down.sql": "ALTER TABLE users DROP COLUMN status;\n",
};

export async function shop(): Promise<GitHubStandIn> {
  const github = await GitHubStandIn.start();
  github.state.push("main", merged);
  return github;
}

/** A real payload, made to speak of a pull request of the shop. */
export function pullPayload(github: GitHubStandIn, pull: Pull): object {
  const [example] = payloads("pull_request");
  const { owner, repo, repository } = github.state;
  const base = { ...example?.pull_request?.base, ref: pull.base, sha: repository.branches.get(pull.base) };
  const headRepo = pull.headOwner === null ? null : { full_name: `${pull.headOwner}/${repo}` };
  return {
    ...example,
    number: pull.number,
    pull_request: {
      ...example?.pull_request,
      number: pull.number,
      base: { ...base, repo: { full_name: `${owner}/${repo}`, default_branch: "main" } },
      head: { ...example?.pull_request?.head, ref: pull.headRef, sha: pull.headSha, repo: headRepo },
    },
  };
}
