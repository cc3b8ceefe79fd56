import { expect } from "vitest";
import type { GitHubStandIn } from "../github-stand-in/server.ts";
import { shop } from "./shop.ts";

/** How a story is played; by default with the Node of the tests, and nothing is proved. */
export interface Manner {
  /** The binary of Node. */
  readonly node?: string;
  readonly inputs?: Readonly<Record<string, string>>;
}

export const unproved: Manner = { inputs: { "round-trip": "off" } };

/** Plays a story in a shop of its own. It throws where the bundle does not behave, or the stand-in lied. */
export async function inShop(play: (github: GitHubStandIn) => Promise<void>): Promise<GitHubStandIn> {
  const github = await shop();
  try {
    await play(github);
    expect(github.lies).toEqual([]);
    return github;
  } finally {
    await github.stop();
  }
}
