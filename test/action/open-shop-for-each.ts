import { afterEach, beforeAll, beforeEach, expect } from "vitest";
import { type Bundle, builtBundle } from "./build-bundle.ts";
import type { GitHubStandIn } from "./github-stand-in/server.ts";
import { shop } from "./scenarios/shop.ts";

/** Opens a shop for each of its tests, which may not catch GitHub in a lie. */
export function openShopForEach(use: (github: GitHubStandIn, bundle: Bundle) => void): void {
  let bundle: Bundle;
  let github: GitHubStandIn;
  beforeAll(async () => {
    bundle = await builtBundle();
  });
  beforeEach(async () => {
    github = await shop();
    use(github, bundle);
  });
  afterEach(async () => {
    await github.stop();
    expect(github.lies).toEqual([]);
  });
}
