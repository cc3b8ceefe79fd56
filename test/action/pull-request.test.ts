import { beforeAll, describe, expect, it } from "vitest";
import { type Bundle, builtBundle } from "./build-bundle.ts";
import { transcript } from "./github-stand-in/transcript.ts";
import { calmLife, manyFiles, refusedLine, storedButLost } from "./scenarios/pull-request.ts";

let bundle: Bundle;
beforeAll(async () => {
  bundle = await builtBundle();
});

describe("a pull request", () => {
  it("gets one comment, which is kept in step and turns green", async () => {
    const github = await calmLife(bundle.main);
    await expect(transcript(github.calls)).toMatchFileSnapshot("transcripts/pull-request-life.txt");
  });

  it("keeps the other suggestions when GitHub refuses a line", async () => {
    const github = await refusedLine(bundle.main);
    await expect(transcript(github.calls)).toMatchFileSnapshot("transcripts/refused-line.txt");
  });

  it("is read to the last page", async () => {
    await manyFiles(bundle.main);
  });

  it("gets one comment also where the answer to writing it was lost", async () => {
    const github = await storedButLost(bundle.main);
    await expect(transcript(github.calls)).toMatchFileSnapshot("transcripts/answer-lost.txt");
  });
});
