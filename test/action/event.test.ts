import { describe, expect, it } from "vitest";
import { occasionOf, type Payload } from "../../action/event.ts";
import { payloads } from "./github-stand-in/payloads.ts";

const sha = "f".repeat(40);

describe("occasionOf", () => {
  it("reads every real pull_request payload", () => {
    expect(payloads("pull_request").length).toBeGreaterThan(20);
    for (const payload of payloads("pull_request")) {
      const occasion = occasionOf("pull_request", payload, sha);
      expect(occasion).toMatchObject({ kind: "pull", privileged: false });
      expect(occasion.kind === "pull" && occasion.head.sha).toBe(payload.pull_request?.head?.sha);
    }
  });

  it.each([
    ["the same repository", "o/r", false],
    ["a fork", "stranger/r", true],
    ["a fork that is gone", null, true],
  ])("knows %s", (_, head, fork) => {
    const pull_request = {
      number: 7,
      head: { sha, repo: head ? { full_name: head } : null },
      base: { ref: "main", sha: "b".repeat(40), repo: { full_name: "o/r" } },
    };
    expect(occasionOf("pull_request_target", { pull_request }, sha)).toMatchObject({
      fork,
      privileged: true,
    });
  });

  it.each([
    { number: 7 },
    { number: 7, head: { sha } },
    { number: 7, head: {}, base: { ref: "main", sha } },
    { head: { sha }, base: { ref: "main", sha } },
  ])("gives a reason for the half of a pull request that somebody wrote by hand: %j", (pull_request) => {
    const reason = "The event's payload has no pull_request with its number, head and base.";
    expect(occasionOf("pull_request", { pull_request } as Payload, sha)).toEqual({
      kind: "unsupported",
      reason,
    });
  });

  it("takes a pull request for a fork's where nobody says whose the base is", () => {
    const pull_request = { number: 7, head: { sha }, base: { ref: "main", sha } };
    expect(occasionOf("pull_request_target", { pull_request } as Payload, sha)).toMatchObject({
      kind: "pull",
      fork: true,
    });
  });

  it("reads every real merge_group payload", () => {
    for (const payload of payloads("merge_group")) {
      const base = { ref: "main", sha: payload.merge_group?.base_sha };
      expect(occasionOf("merge_group", payload, sha)).toMatchObject({ kind: "queue", base });
    }
  });

  it("reads every real push payload", () => {
    const kinds = payloads("push").map((payload) => occasionOf("push", payload, sha).kind);
    const gone = payloads("push").map((payload) => payload.deleted === true);
    expect(kinds).toEqual(gone.map((deleted) => (deleted ? "unsupported" : "all")));
  });

  it.each([
    [
      { ref: "refs/heads/topic", before: "0".repeat(40), repository: { default_branch: "main" } },
      "push",
      "main",
    ],
    [
      { ref: "refs/heads/main", before: "0".repeat(40), repository: { default_branch: "main" } },
      "all",
      undefined,
    ],
    [{ ref: "refs/heads/topic", before: "a".repeat(40) }, "push", "topic"],
    [{ ref: "refs/heads/topic", deleted: true }, "unsupported", undefined],
    [{ ref: "refs/tags/v1", before: "a".repeat(40) }, "all", undefined],
  ])("reads the push %j", (payload, kind, base) => {
    const occasion = occasionOf("push", payload, sha);
    expect(occasion.kind).toBe(kind);
    expect(occasion.kind === "push" ? occasion.base.ref : undefined).toBe(base);
  });

  it("reads a tag as the commit that the run is for: an annotated one is an object of its own", () => {
    const payload = { ref: "refs/tags/v1", before: "0".repeat(40), after: "a".repeat(40) };
    expect(occasionOf("push", payload, sha)).toEqual({ kind: "all", head: { sha } });
  });

  it.each([
    ["refs/heads/v1", "The branch v1 was deleted."],
    ["refs/tags/v1", "The tag v1 was deleted."],
  ])("says what was deleted: %s", (ref, reason) => {
    expect(occasionOf("push", { ref, deleted: true }, sha)).toEqual({ kind: "unsupported", reason });
  });

  it("takes only pull requests' runs from workflow_run", () => {
    for (const payload of payloads("workflow_run")) {
      const fromPull = payload.workflow_run?.event === "pull_request";
      expect(occasionOf("workflow_run", payload, sha).kind).toBe(fromPull ? "after-pull" : "unsupported");
    }
  });

  it.each(["pull_request_review", "pull_request_review_comment"])(
    "reads a %s as the pull request that it is about",
    (event) => {
      expect(payloads(event).length).toBeGreaterThan(0);
      for (const payload of payloads(event))
        expect(occasionOf(event, payload, sha)).toMatchObject({
          kind: "pull",
          number: payload.pull_request?.number,
          fork: false,
          privileged: false,
        });
    },
  );

  it.each(["workflow_dispatch", "repository_dispatch", "release", "schedule"])(
    "checks everything on %s",
    (event) => {
      expect(occasionOf(event, {}, sha)).toEqual({ kind: "all", head: { sha } });
    },
  );

  it.each(["issues", "pull_request", "merge_group", "workflow_run"])(
    "gives a reason for a bare %s",
    (event) => {
      expect(occasionOf(event, {}, sha)).toMatchObject({ kind: "unsupported" });
    },
  );
});
