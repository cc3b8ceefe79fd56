import { posix } from "node:path";
import { type ChosenLayout, chooseLayout } from "#core/migration/layout/choose-layout.ts";
import { detectLayout } from "#core/migration/layout/detect-layout.ts";
import { levelsAbove, runnerFilesFor, runnerSigns } from "#core/migration/layout/runner-files.ts";
import { readBlobs, textsAt } from "./github/blobs.ts";
import type { Client } from "./github/client.ts";
import { filesAt } from "./github/trees.ts";

/** Marks stand in every file: a few tell as well as all. */
const mostRead = 50;

/** The layout of a folder that the checkout does not have: the commit tells it as a folder on disk tells its own. */
export async function layoutInCommit(
  client: Client,
  commit: string,
  folder: string,
): Promise<ChosenLayout | undefined> {
  const listed = await filesAt(client, commit, folder);
  if (!listed.ok) return undefined;
  const prefix = folder === "" ? 0 : folder.length + 1;
  const files = listed.value
    .map((file) => ({ ...file, name: file.path.slice(prefix) }))
    .filter(({ name }) => /^([^/]+\/)?[^/]+\.sql$/i.test(name));
  if (files.length === 0) return undefined;
  const read = await readBlobs(client, files.slice(-mostRead));
  if (!read.ok) return undefined;
  const seen = files.map(({ path, name, sha }) => ({
    path,
    name,
    text: () => Buffer.from(read.value.get(sha) ?? []).toString(),
  }));
  const nearby = await signsNear(client, commit, folder);
  return chooseLayout("auto", () => detectLayout(seen, nearby));
}

/** What the runner's own files tell, in the folder and above it. */
async function signsNear(client: Client, commit: string, folder: string): Promise<string[]> {
  const segments = folder.split("/").filter((segment) => segment !== "");
  const places = Array.from({ length: Math.min(levelsAbove, segments.length + 1) }, (_, level) => ({
    at: segments.slice(0, segments.length - level).join("/"),
    below: segments.slice(segments.length - level).join("/"),
  }));
  const none: ReadonlySet<string> = new Set();
  const paths = places.flatMap(({ at, below }) =>
    runnerFilesFor(below, none).map(({ name }) => posix.join(at, name)),
  );
  const texts = await textsAt(client, commit, paths);
  if (!texts.ok) return [];
  const nearer = new Set<string>();
  return places.flatMap(({ at, below }) => {
    const there = runnerFilesFor(below, nearer).filter(({ name }) => texts.value.has(posix.join(at, name)));
    for (const { name } of there) nearer.add(name);
    return there.flatMap(({ name }) => runnerSigns(name, texts.value.get(posix.join(at, name)) ?? ""));
  });
}
