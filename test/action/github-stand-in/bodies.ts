import type { State, StoredComment, StoredReviewComment } from "./state.ts";

/** Response bodies with every field that GitHub's description requires. */

const api = "https://api.github.com";
const when = "2026-01-02T03:04:05Z";

function user(login: string) {
  const bare = login.replace(/\[bot\]$/, "");
  const url = `${api}/users/${bare}`;
  return {
    login,
    id: 1,
    node_id: "U_1",
    avatar_url: "https://avatars.example.com/u/1",
    gravatar_id: "",
    url,
    html_url: `https://github.com/${bare}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following`,
    gists_url: `${url}/gists`,
    starred_url: `${url}/starred`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events`,
    received_events_url: `${url}/received_events`,
    type: login.endsWith("[bot]") ? "Bot" : "User",
    site_admin: false,
  };
}

export function comment({ owner, repo }: State, { id, body, author, pull }: StoredComment) {
  const url = `${api}/repos/${owner}/${repo}/issues/comments/${id}`;
  return {
    id,
    node_id: `IC_${id}`,
    url,
    html_url: `https://github.com/${owner}/${repo}/pull/${pull}#issuecomment-${id}`,
    issue_url: `${api}/repos/${owner}/${repo}/issues/${pull}`,
    body,
    user: user(author),
    created_at: when,
    updated_at: when,
    author_association: "CONTRIBUTOR",
  };
}

export function reviewComment({ owner, repo }: State, stored: StoredReviewComment) {
  const { id, body, author, pull, path, line, start_line } = stored;
  const url = `${api}/repos/${owner}/${repo}/pulls/comments/${id}`;
  const html = `https://github.com/${owner}/${repo}/pull/${pull}#discussion_r${id}`;
  return {
    url,
    id,
    node_id: `PRRC_${id}`,
    pull_request_review_id: 1,
    diff_hunk: "@@",
    path,
    commit_id: "0",
    original_commit_id: "0",
    user: user(author),
    body,
    created_at: when,
    updated_at: when,
    html_url: html,
    pull_request_url: `${api}/repos/${owner}/${repo}/pulls/${pull}`,
    author_association: "CONTRIBUTOR",
    _links: { self: { href: url }, html: { href: html }, pull_request: { href: url } },
    line,
    ...(start_line === undefined ? {} : { start_line, start_side: "RIGHT" }),
    side: "RIGHT",
  };
}

export function review({ owner, repo, viewer }: State, pull: number, id: number, body: string) {
  const html = `https://github.com/${owner}/${repo}/pull/${pull}#pullrequestreview-${id}`;
  const url = `${api}/repos/${owner}/${repo}/pulls/${pull}`;
  return {
    id,
    node_id: `PRR_${id}`,
    user: user(viewer),
    body,
    state: "COMMENTED",
    html_url: html,
    pull_request_url: url,
    _links: { html: { href: html }, pull_request: { href: url } },
    submitted_at: when,
    commit_id: "0",
    author_association: "CONTRIBUTOR",
  };
}

export function comparison({ owner, repo }: State, base: string, head: string, mergeBase: string) {
  const url = `${api}/repos/${owner}/${repo}/compare/${base}...${head}`;
  return {
    url,
    html_url: url,
    permalink_url: url,
    diff_url: url,
    patch_url: url,
    base_commit: commit(base),
    merge_base_commit: commit(mergeBase),
    status: "diverged",
    ahead_by: 1,
    behind_by: 1,
    total_commits: 1,
    commits: [commit(head)],
    files: [],
  };
}

function commit(sha: string) {
  const url = `${api}/repos/octo/shop/commits/${sha}`;
  const person = { name: "Octo", email: "octo@example.com", date: when };
  return {
    url,
    sha,
    node_id: `C_${sha}`,
    html_url: url,
    comments_url: url,
    commit: { url, author: person, committer: person, message: "", comment_count: 0, tree: { sha, url } },
    author: null,
    committer: null,
    parents: [],
  };
}
